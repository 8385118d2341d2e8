package org.roundel.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryTest {
  private static final String TIME = "2026-01-01T00:00:00Z";

  @TempDir private Path directory;
  private Path distribution;
  private Path lists;
  private Path repository;
  private Path proposal;
  private Path library;
  private Path natives;

  @BeforeEach
  void makeDistribution() throws IOException {
    distribution = directory.resolve("roundel");
    lists = directory.resolve("lists");
    repository = directory.resolve("repository");
    proposal = directory.resolve("proposal.txt");
    library = jar(distribution.resolve("lib/library-1.0.jar"), "META-INF/NOTICE", "Their notice");
    jar(distribution.resolve("lib/roundel-core-0.1.0.jar"), "a/Font-LICENSE.txt", "Font's text");
    jar(distribution.resolve("plugins/many/library-1.0.jar"), "META-INF/NOTICE", "Their notice");
    natives = jar(repository.resolve("org/them/fast/2.0/fast-2.0-linux.jar"), "libfast.so", "fast");
    Files.createDirectories(distribution.resolve("native"));
    Files.writeString(distribution.resolve("native/libfast.so.3"), "fast");
    Files.writeString(distribution.resolve("native/sizes.txt"), "no library");
    Files.createDirectories(lists.resolve("licenses"));
    Files.writeString(lists.resolve("licenses/MIT.txt"), "MIT's text");
    Files.writeString(lists.resolve("licenses/Apache-2.0.txt"), "Apache's text");
    Files.writeString(lists.resolve("natives.txt"), "fast* | MIT | Fast; Copyright 2020 Them\n");
    list("Apache-2.0");
  }

  private void list(String licence, String... more) throws IOException {
    Files.writeString(
        lists.resolve("dependencies.txt"),
        "# comment\n"
            + Distribution.sha256(library)
            + " | org.them:library:1.0 | "
            + licence
            + " | Copyright 2019 Them\n"
            + Distribution.sha256(natives)
            + " | org.them:fast:2.0:linux | MIT\n"
            + String.join("\n", more));
  }

  private static Path jar(Path file, String entry, String text) throws IOException {
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      ZipEntry header = new ZipEntry(entry);
      header.setTime(0);
      zip.putNextEntry(header);
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private List<String> take(Path... classPath) throws IOException {
    List<String> entries = List.of(classPath).stream().map(Path::toString).toList();
    return new Inventory(distribution, lists, repository, proposal, List.of("linux"))
        .take("0.1.0", TIME, entries);
  }

  @Test
  void writesNoticeAndTexts() throws IOException {
    assertThat(take()).isEmpty();
    assertThat(distribution.resolve("NOTICE"))
        .content()
        .contains(
            """

            lib/library-1.0.jar, plugins/many/library-1.0.jar
              org.them:library:1.0
              licence: Apache-2.0
              Copyright 2019 Them
              text: licenses/library-1.0/NOTICE
            """,
            """

            native/libfast.so.3
              Fast; Copyright 2020 Them
              licence: MIT
            """);
    assertThat(distribution.resolve("NOTICE"))
        .content()
        .contains(
            """
            lib/roundel-core-0.1.0.jar
              text: licenses/roundel-core-0.1.0/a-Font-LICENSE.txt
            """);
    assertThat(distribution.resolve("licenses/roundel-core-0.1.0/a-Font-LICENSE.txt"))
        .hasContent("Font's text");
    assertThat(distribution.resolve("licenses/library-1.0/NOTICE")).hasContent("Their notice");
    assertThat(distribution.resolve("licenses/MIT.txt")).hasContent("MIT's text");
    assertThat(distribution.resolve("licenses/Apache-2.0.txt")).hasContent("Apache's text");
    assertThat(proposal).doesNotExist();
  }

  @Test
  void writesABillOfMaterialsAndTheSameTwice() throws IOException {
    assertThat(take()).isEmpty();
    Path file = distribution.resolve("sbom.json");
    byte[] first = Files.readAllBytes(file);
    JsonNode bill = new ObjectMapper().readTree(first);
    assertThat(bill.at("/bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(bill.at("/metadata/timestamp").asText()).isEqualTo(TIME);
    List<String> names = bill.at("/components").findValuesAsText("name");
    assertThat(names).containsExactly("roundel-core", "fast", "library", "native/libfast.so.3");
    JsonNode component = bill.at("/components/2");
    assertThat(component.at("/purl").asText()).isEqualTo("pkg:maven/org.them/library@1.0?type=jar");
    assertThat(component.at("/hashes/0/content").asText()).isEqualTo(Distribution.sha256(library));
    assertThat(component.at("/licenses/0/license/id").asText()).isEqualTo("Apache-2.0");
    assertThat(component.at("/evidence/occurrences").findValuesAsText("location"))
        .containsExactly("lib/library-1.0.jar", "plugins/many/library-1.0.jar");

    assertThat(take()).isEmpty();
    assertThat(file).hasBinaryContent(first);
  }

  @Test
  void refusesAJarThatIsNotListedAndSaysWhatToAdd() throws IOException {
    Path stranger = jar(distribution.resolve("lib/stranger-3.0.jar"), "a", "b");
    String sha256 = Distribution.sha256(stranger);
    assertThat(take())
        .containsExactly(
            "lib/stranger-3.0.jar has the SHA-256 " + sha256 + " and is not in the list");
    assertThat(proposal).hasContent(sha256 + " | ?:stranger-3.0.jar | ?");
    assertThat(distribution.resolve("sbom.json")).doesNotExist();
  }

  @Test
  void refusesAJarWithOtherBytesWhereverItIs() throws IOException {
    String listed = Distribution.sha256(library);
    jar(distribution.resolve("plugins/many/library-1.0.jar"), "a", "altered");
    jar(natives, "libfast.so", "altered");
    assertThat(take())
        .hasSize(2)
        .anyMatch(
            problem ->
                problem.startsWith("plugins/many/library-1.0.jar has the SHA-256 ")
                    && problem.endsWith(", the list has " + listed))
        .anyMatch(problem -> problem.startsWith("org.them:fast:2.0:linux has the SHA-256 "));
  }

  @Test
  void refusesWhatTheTestsUseToo() throws IOException {
    Path tool = jar(repository.resolve("org/tools/tool/1/tool-1.jar"), "a", "b");
    String sha256 = Distribution.sha256(tool);
    assertThat(take(tool)).hasSize(1);
    assertThat(proposal).hasContent(sha256 + " | org.tools:tool:1 | -");
    list("Apache-2.0", sha256 + " | org.tools:tool:1 | -");
    assertThat(take(tool, directory)).isEmpty();
    jar(tool, "a", "altered");
    assertThat(take(tool)).hasSize(1);
  }

  @Test
  void refusesWhatIsListedAndNotThereOrNotToBeShipped() throws IOException {
    list("-");
    assertThat(take())
        .containsExactly(
            "lib/library-1.0.jar is shipped, and the list has no licence of it",
            "plugins/many/library-1.0.jar is shipped, and the list has no licence of it");
    list("Apache-2.0", "0".repeat(64) + " | org.them:gone:1.0 | MIT");
    assertThat(take())
        .containsExactly("org.them:gone:1.0 is in the list and not in the distribution");
  }

  @Test
  void refusesALicenceWithoutATextAndALibraryThatNobodyKnows() throws IOException {
    list("Apache-2.0 OR (GPL-3.0-only WITH GCC-exception-3.1)");
    assertThat(take())
        .containsExactly(
            "cli/inventory/licenses/ has no text GCC-exception-3.1.txt",
            "cli/inventory/licenses/ has no text GPL-3.0-only.txt");
    Files.writeString(distribution.resolve("native/libslow.so"), "slow");
    list("Apache-2.0");
    assertThat(take()).containsExactly("native/libslow.so is not in cli/inventory/natives.txt");
  }

  @Test
  void saysWhichLineItCannotRead() throws IOException {
    list("Apache-2.0", "one field");
    assertThatThrownBy(this::take)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("dependencies.txt, line 4: 1 fields between ' | '; allowed: 3 to 4");
  }

  @Test
  void namesAPackageAsListsOfVulnerabilitiesDo() {
    Dependency dependency = new Dependency("", "a.b:c:1:linux", "MIT", "");
    assertThat(dependency.packageUrl()).isEqualTo("pkg:maven/a.b/c@1?classifier=linux&type=jar");
    assertThat(dependency.fileName()).isEqualTo("c-1-linux.jar");
    assertThat(dependency.in(Path.of("r"))).isEqualTo(Path.of("r/a/b/c/1/c-1-linux.jar"));
  }
}
