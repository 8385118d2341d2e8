package org.roundel.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The version is the root POM's; what else has to name it agrees. */
class VersionTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern VERSION =
      Pattern.compile("<artifactId>roundel-parent</artifactId>\\s*<version>([^<]+)</version>");

  private static final Pattern PARENT =
      Pattern.compile(
          "<parent>\\s*<groupId>org.roundel</groupId>\\s*<artifactId>[^<]+</artifactId>"
              + "\\s*<version>([^<]+)</version>");

  /** An image of a container, a dependency, a label. */
  private static final Pattern NAMED =
      Pattern.compile(
          "\\broundel:(\\d[\\w.-]*)|<artifactId>roundel-[\\w-]+</artifactId><version>([^<]+)<"
              + "|image\\.version=\"([^\"]+)\"");

  private static String version() throws IOException {
    Matcher version = VERSION.matcher(Files.readString(ROOT.resolve("pom.xml")));
    assertThat(version.find()).as("the root POM has a version").isTrue();
    return version.group(1);
  }

  /** Maven 3 asks every module for its parent's version. */
  @Test
  void everyModuleHasTheParentsVersion() throws IOException {
    List<Path> poms;
    try (Stream<Path> files = Files.walk(ROOT)) {
      poms =
          files
              .filter(file -> file.endsWith("pom.xml"))
              .filter(file -> !file.toString().matches(".*[/\\\\](target|src)[/\\\\].*"))
              .toList();
    }
    assertThat(poms).hasSizeGreaterThan(40);
    for (Path pom : poms) {
      Matcher parent = PARENT.matcher(Files.readString(pom));
      if (parent.find()) {
        assertThat(parent.group(1)).as("%s", pom).isEqualTo(version());
      } else {
        assertThat(pom).isEqualTo(ROOT.resolve("pom.xml"));
      }
    }
  }

  @Test
  void whatUsersReadNamesThisVersion() throws IOException {
    int found = 0;
    for (String file :
        List.of(
            "docs/jobs.md",
            "docs/ship.md",
            "cli/src/dist/jobs/Dockerfile",
            "cli/src/dist/jobs/kubernetes.yaml")) {
      Matcher named = NAMED.matcher(Files.readString(ROOT.resolve(file)));
      while (named.find()) {
        for (int group = 1; group <= named.groupCount(); group++) {
          if (named.group(group) != null) {
            assertThat(named.group(group)).as(file).isEqualTo(version());
            found++;
          }
        }
      }
    }
    assertThat(found).isGreaterThanOrEqualTo(6);
  }

  @Test
  void theChangesOfThisVersionAreWrittenDown() throws IOException {
    assertThat(ROOT.resolve("CHANGELOG.md"))
        .content()
        .containsPattern("(?m)^## " + Pattern.quote(version()) + "(,.*)?$");
  }
}
