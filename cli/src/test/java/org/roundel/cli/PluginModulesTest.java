package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PluginModulesTest {
  private static final Pattern MODULE = Pattern.compile("<module>(.+)</module>");
  private static final Pattern CARRIED =
      Pattern.compile(
          "<artifactId>roundel-(\\S+)</artifactId><version>\\$\\{project.version}</version>"
              + "<type>pom</type>");

  @Test
  void theDistributionWaitsForEveryPlugin() throws IOException {
    List<String> modules = names(MODULE, Path.of("..", "plugins", "pom.xml"));
    assertThat(modules).hasSizeGreaterThanOrEqualTo(16);
    assertThat(names(CARRIED, Path.of("pom.xml")))
        .as("plugins among the dependencies of cli/pom.xml")
        // Which is no plugin: it stands beside the program, in Spark.
        .filteredOn(name -> !name.equals("spark"))
        .containsExactlyInAnyOrderElementsOf(modules);
  }

  private static List<String> names(Pattern pattern, Path pom) throws IOException {
    return pattern.matcher(Files.readString(pom)).results().map(found -> found.group(1)).toList();
  }
}
