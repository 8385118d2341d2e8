package org.roundel.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseTest {
  private static final String TIME = "2026-01-01T00:00:00Z";

  @TempDir private Path directory;
  private Path distribution;
  private Path lists;
  private Path repository;
  private Path target;

  @BeforeEach
  void makeDistribution() throws IOException {
    distribution = directory.resolve("roundel");
    lists = directory.resolve("lists");
    repository = directory.resolve("repository");
    target = directory.resolve("release");
    write(distribution.resolve("bin/roundel"), "#!/bin/sh");
    write(distribution.resolve("docs/page.md"), "page");
    write(distribution.resolve("lib/java-17-4.jsa"), "this machine's");
    write(distribution.resolve("sbom.json"), "this machine's");
    write(distribution.resolve("native/libopenblas.so.0"), "blas");
    write(distribution.resolve("native/libopenblas_nolapack.so.0"), "blas");
    write(distribution.resolve("native/libgomp.so.1"), "ND4J's");
    write(
        distribution.resolve("native/sizes.txt"),
        "libgomp.so.1 : 6\nlibopenblas.so.0 : 4\nlibopenblas_nolapack.so.0 : 4\n");
    write(lists.resolve("licenses/MIT.txt"), "text");
    write(lists.resolve("natives.txt"), "openblas* | MIT | x\ngomp | MIT | x\n");
    write(
        lists.resolve("dependencies.txt"),
        line(
                "a",
                "openblas",
                "linux",
                Map.of("x/libopenblas.so.0", "blas", "x/libgomp.so.1", "its"))
            + line("b", "nd4j", "linux-fast", Map.of("y/libgomp.so.1", "ND4J's", "y/Y.class", ""))
            + line("a", "openblas", "mac", Map.of("x/libopenblas.0.dylib", "mac's"))
            + line("b", "nd4j", "mac-fast", Map.of("y/libgomp.dylib", "ND4J's"))
            + line("b", "nd4j", "arm", Map.of("y/libgomp.so.1", "arm's")));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String line(String group, String artifact, String classifier, Map<String, String> entries)
      throws IOException {
    Path jar = Files.createDirectories(repository.resolve(group + "/" + artifact + "/1"));
    jar = jar.resolve(artifact + "-1-" + classifier + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return Distribution.sha256(jar)
        + " | "
        + group
        + ":"
        + artifact
        + ":1:"
        + classifier
        + " | MIT\n";
  }

  private Path make(String platform) throws IOException {
    return new Release(distribution, lists, repository, target)
        .make("0.1.0", TIME, platform, platform + "-fast", "linux");
  }

  /** Returns each file of an archive with its mode and its text. */
  private static Map<String, String> contents(Path archive) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(archive)))) {
      TarArchiveEntry entry = tar.getNextEntry();
      while (entry != null) {
        assertThat(entry.getModTime()).isEqualTo(TIME);
        String text = new String(tar.readAllBytes(), StandardCharsets.UTF_8);
        contents.put(entry.getName(), Integer.toOctalString(entry.getMode()) + " " + text);
        entry = tar.getNextEntry();
      }
    }
    return contents;
  }

  @Test
  void packsWhatWasTestedForItsOwnPlatform() throws IOException {
    Path archive = make("linux");
    assertThat(archive).hasFileName("roundel-0.1.0-linux.tar.gz");
    assertThat(contents(archive))
        .containsEntry("roundel-0.1.0/bin/roundel", "100755 #!/bin/sh")
        .containsEntry("roundel-0.1.0/docs/page.md", "100644 page")
        .containsEntry("roundel-0.1.0/native/libgomp.so.1", "100444 ND4J's")
        .containsEntry("roundel-0.1.0/native/libopenblas_nolapack.so.0", "100444 blas")
        .containsKeys("roundel-0.1.0/NOTICE", "roundel-0.1.0/licenses/MIT.txt")
        .doesNotContainKey("roundel-0.1.0/lib/java-17-4.jsa")
        .doesNotContainValue("100644 this machine's");
    assertThat(target.resolve("stage")).doesNotExist();
  }

  @Test
  void packsTheLibrariesOfAnotherPlatform() throws IOException {
    assertThat(contents(make("mac")))
        .containsEntry("roundel-0.1.0/native/libopenblas.0.dylib", "100444 mac's")
        .containsEntry("roundel-0.1.0/native/libopenblas_nolapack.0.dylib", "100444 mac's")
        .containsEntry(
            "roundel-0.1.0/native/sizes.txt",
            "100444 libgomp.dylib : 6\nlibopenblas.0.dylib : 5\nlibopenblas_nolapack.0.dylib : 5\n")
        .doesNotContainKey("roundel-0.1.0/native/libgomp.so.1");
  }

  /** For some platforms ND4J has one kind of libraries, called as the platform. */
  @Test
  void packsThoseOfAPlatformForWhichThereIsOneKind() throws IOException {
    Path archive =
        new Release(distribution, lists, repository, target)
            .make("0.1.0", TIME, "arm", "arm", "linux");
    assertThat(contents(archive))
        .containsEntry("roundel-0.1.0/native/libgomp.so.1", "100444 arm's");
  }

  @Test
  void makesTheSameBytesAgain() throws IOException {
    byte[] first = Files.readAllBytes(make("linux"));
    Files.setLastModifiedTime(
        distribution.resolve("docs/page.md"),
        FileTime.fromMillis(System.currentTimeMillis() - 9999));
    assertThat(make("linux")).hasBinaryContent(first);
  }

  @Test
  void refusesLibrariesOtherThanThoseThatWereTested() throws IOException {
    write(distribution.resolve("native/libgomp.so.1"), "another");
    assertThatThrownBy(() -> make("linux"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the native libraries are not those of ");
  }

  @Test
  void refusesAJarWithOtherBytes() throws IOException {
    line("a", "openblas", "mac", Map.of("x/libopenblas.0.dylib", "altered"));
    assertThatThrownBy(() -> make("mac"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a:openblas:1:mac has the SHA-256 ");
  }
}
