package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.run.Sha256;

/** What the distribution carries of others, seen from the finished distribution alone. */
class SupplyChainIT {
  /** What ND4J and other libraries ask for and never load here, or is too old to be carried. */
  private static final List<String> NEVER_LOADED =
      List.of(
          "jna-",
          "oshi-core-",
          "threetenbp-",
          "commons-net-",
          "commons-compress-",
          "commons-codec-",
          "prometheus-metrics-exposition-formats-",
          "error_prone_annotations-",
          "j2objc-annotations-",
          "listenablefuture-",
          "fastutil-",
          "gson-");

  private static final Path HOME = Installation.packaged();

  private static List<String> files(String directory, String end) throws IOException {
    try (Stream<Path> all = Files.walk(HOME.resolve(directory))) {
      return all.filter(Files::isRegularFile)
          .map(file -> HOME.relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.endsWith(end))
          .sorted()
          .toList();
    }
  }

  @Test
  void carriesNothingThatIsNeverLoaded() throws IOException {
    List<String> jars = files("lib", ".jar");
    assertThat(jars).hasSizeGreaterThan(50);
    for (String prefix : NEVER_LOADED) {
      assertThat(jars).noneMatch(jar -> jar.startsWith("lib/" + prefix));
    }
  }

  @Test
  void everyJarHasItsLicence() throws IOException {
    String notice = Files.readString(HOME.resolve("NOTICE"));
    int others = 0;
    for (String jar : files("", ".jar")) {
      if (Path.of(jar).getFileName().toString().startsWith("roundel-")) {
        continue;
      }
      others++;
      Matcher block =
          Pattern.compile(
                  "^(?:.*, )?" + Pattern.quote(jar) + "(?:, .*)?\\n((?:  .*\\n)+)",
                  Pattern.MULTILINE)
              .matcher(notice);
      assertThat(block.find()).as("NOTICE has %s", jar).isTrue();
      requireTexts(jar, block.group(1));
    }
    assertThat(others).isGreaterThan(60);
  }

  @Test
  void everyNativeLibraryHasItsLicence() throws IOException {
    String notice = Files.readString(HOME.resolve("NOTICE"));
    List<String> libraries =
        files("native", "").stream().filter(name -> !name.endsWith(".txt")).toList();
    assertThat(libraries).hasSizeGreaterThan(10);
    for (String library : libraries) {
      Matcher block =
          Pattern.compile("^" + Pattern.quote(library) + "\\n((?:  .*\\n)+)", Pattern.MULTILINE)
              .matcher(notice);
      assertThat(block.find()).as("NOTICE has %s", library).isTrue();
      requireTexts(library, block.group(1));
      assertThat(block.group(1)).as(library).contains("Copyright");
    }
  }

  private static void requireTexts(String file, String block) throws IOException {
    Matcher licence = Pattern.compile("^  licence: (.+)$", Pattern.MULTILINE).matcher(block);
    assertThat(licence.find()).as("licence of %s", file).isTrue();
    for (String identifier : licence.group(1).split(" (?:AND|OR|WITH) ")) {
      assertThat(HOME.resolve("licenses/" + identifier + ".txt")).as(file).isNotEmptyFile();
    }
    Matcher text = Pattern.compile("^  text: (.+)$", Pattern.MULTILINE).matcher(block);
    while (text.find()) {
      assertThat(HOME.resolve(text.group(1))).as(file).isRegularFile();
    }
  }

  /** The Apache licence wants notices to be passed on; the JARs that carry one are many. */
  @Test
  void passesOnTheNoticesOfJars() throws IOException {
    int notices = 0;
    for (String jar : files("lib", ".jar")) {
      try (ZipFile zip = new ZipFile(HOME.resolve(jar).toFile())) {
        boolean own = jar.startsWith("lib/roundel-");
        if (!own && zip.getEntry("META-INF/NOTICE.txt") != null) {
          String directory = jar.replaceFirst("^lib/(.*)\\.jar$", "licenses/$1/NOTICE.txt");
          assertThat(HOME.resolve(directory))
              .hasBinaryContent(
                  zip.getInputStream(zip.getEntry("META-INF/NOTICE.txt")).readAllBytes());
          notices++;
        }
      }
    }
    assertThat(notices).isGreaterThan(3);
  }

  /** The font of the charts, the images that come along. */
  @Test
  void worksInsideOwnJarsHaveTheirTexts() throws IOException {
    assertThat(files("licenses", ""))
        .anyMatch(file -> file.endsWith("-LiberationSans-LICENSE.txt"))
        .anyMatch(file -> file.endsWith("-fashion-mnist-mini-LICENSE"))
        .contains("licenses/roundel-datasets/NOTICE");
    assertThat(HOME.resolve("NOTICE"))
        .content()
        .contains("\nplugins/datasets/roundel-datasets.jar\n  text: licenses/roundel-datasets/");
  }

  @Test
  void theBillOfMaterialsHasEveryJarAndLibraryWithItsHash() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    for (String file : files("", "")) {
      boolean library = file.startsWith("native/") && !file.endsWith(".txt");
      if (file.endsWith(".jar") || library) {
        expected.put(file, Sha256.of(HOME.resolve(file)));
      }
    }
    assertThat(expected).hasSizeGreaterThan(100);
    JsonNode bill = new ObjectMapper().readTree(HOME.resolve("sbom.json").toFile());
    assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
    Map<String, String> found = new TreeMap<>();
    for (JsonNode component : bill.path("components")) {
      assertThat(component.path("licenses")).as("%s", component).isNotEmpty();
      String hash = component.at("/hashes/0/content").asText();
      for (JsonNode place : component.at("/evidence/occurrences")) {
        if (!place.path("location").asText().equals("native/")) {
          found.put(place.path("location").asText(), hash);
        }
      }
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void aLockOfTheOwnPluginsAllowsThemAndNoOther(@TempDir Path directory) throws Exception {
    Installation roundel = Installation.in(directory);
    try {
      String lock = directory.resolve("plugins.lock").toString();
      Outcome written = roundel.runHere("plugin", "lock", lock);
      assertThat(written.exitCode()).as("%s", written).isZero();
      assertThat(roundel.runHere("list", "--plugins-lock", lock).exitCode()).isZero();

      Path copy = roundel.plugins().resolve("roundel-copy.jar");
      Files.copy(roundel.plugins().resolve("roundel-bop.jar"), copy);
      Outcome refused = roundel.runHere("list", "--plugins-lock", lock);
      assertThat(refused.exitCode()).as("%s", refused).isEqualTo(4);
      assertThat(refused.err())
          .contains("roundel-copy.jar has the SHA-256 " + Sha256.of(copy) + " and is not in");
    } finally {
      roundel.remove();
    }
  }
}
