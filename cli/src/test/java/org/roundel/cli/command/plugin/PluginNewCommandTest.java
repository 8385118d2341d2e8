package org.roundel.cli.command.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.cli.ExamplePlugin;
import org.roundel.cli.Golden;
import org.roundel.cli.InProcess;
import org.roundel.cli.Outcome;
import org.roundel.cli.PastedCommand;
import org.roundel.core.plugin.PluginRegistry;

/** What the command refuses, and what it says; PluginNewIT builds what it writes. */
class PluginNewCommandTest {
  @TempDir Path directory;
  private Path home;
  private Path target;
  private InProcess roundel;

  @BeforeEach
  void install() throws IOException {
    home = directory.resolve("home");
    target = directory.resolve("project");
    Files.createDirectories(home.resolve("maven/org/roundel/roundel-api/1.2.3"));
    roundel = InProcess.with(home, place -> PluginRegistry.of(new ExamplePlugin()));
  }

  private Outcome write(String... more) {
    List<String> arguments =
        Stream.concat(Stream.of("plugin", "new", "--directory", target.toString()), Stream.of(more))
            .toList();
    return roundel.run(arguments.toArray(String[]::new));
  }

  private String shown(String text) {
    return text.replace(directory.toString(), "SHARED");
  }

  @Test
  void theCommandsThatComeNextCanBePasted() throws Exception {
    target = directory.resolve("it's $mine");
    String out = write("three-level", "--kind", "quantizer").out();
    String change = out.lines().filter(line -> line.startsWith("  cd ")).findFirst().orElseThrow();
    assertThat(PastedCommand.words(change)).containsExactly("cd", target.toString());
  }

  @Test
  void saysWhatItWroteAndWhatComesNext() throws IOException {
    Outcome written = write("three-level", "--kind", "quantizer", "--package", "com.acme.nets");
    assertThat(written.exitCode()).as("%s", written).isZero();
    Golden.assertGolden("plugin-new", shown(written.out()));
    assertThat(target.resolve("src/main/java/com/acme/nets/ThreeLevelPlugin.java"))
        .content()
        .startsWith("package com.acme.nets;\n")
        .contains("class ThreeLevelPlugin implements", "return \"three-level\";")
        .doesNotContain("@NAME@", "@CLASS@");
    assertThat(target.resolve("pom.xml"))
        .content()
        .contains(
            "<roundel.home>" + home + "</roundel.home>",
            "<roundel.version>1.2.3</roundel.version>",
            "<artifactId>three-level</artifactId>");
    assertThat(target.resolve("src/main/resources/META-INF/services/org.roundel.api.RoundelPlugin"))
        .hasContent("com.acme.nets.ThreeLevelPlugin");
  }

  @ParameterizedTest
  @CsvSource({"pom.xml, file", "'', directory"})
  void writesNothingOverWhatIsThere(String file, String what) throws IOException {
    Path there = target.resolve(file);
    if (what.equals("file")) {
      Files.createDirectories(target);
      Files.writeString(there, "mine");
    } else {
      Files.writeString(target, "mine");
    }
    Outcome refused = write("three-level", "--kind", "quantizer");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(there).hasContent("mine");
    Golden.assertGolden("plugin-new-not-empty", shown(refused.err()));
  }

  @Test
  void anEmptyDirectoryIsWelcome() throws IOException {
    Files.createDirectories(target);
    assertThat(write("three-level", "--kind", "dataset").exitCode()).isZero();
    assertThat(target.resolve("pom.xml")).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plugin-new-name       | 2 | Three_Level --kind quantizer",
        "plugin-new-own-name   | 2 | roundel --kind quantizer",
        "plugin-new-package    | 2 | three-level --kind quantizer --package org.new",
        "plugin-new-kind       | 2 | three-level --kind quantizr",
        "plugin-new-no-kind    | 2 | three-level",
        "plugin-new-known      | 3 | rounding --kind quantizer"
      })
  void refusesByName(String golden, int exitCode, String arguments) throws IOException {
    Outcome refused = write(arguments.split(" "));
    assertThat(refused.exitCode()).isEqualTo(exitCode);
    assertThat(refused.out()).isEmpty();
    assertThat(target).doesNotExist();
    Golden.assertGolden(golden, refused.err().replaceAll("in [^ ]+;", "in JAR;"));
  }

  @Test
  void saysWhatAnInstallationLacks() throws IOException {
    Files.delete(home.resolve("maven/org/roundel/roundel-api/1.2.3"));
    Outcome refused = write("three-level", "--kind", "quantizer");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(target).doesNotExist();
    Golden.assertGolden("plugin-new-no-repository", shown(refused.err()));
  }

  /**
   * Versions of Maven's plugins that nobody has downloaded would fail where there is no network.
   */
  @Test
  void itsBuildUsesOurVersionsOfMavensPlugins() throws IOException {
    assertThat(write("three-level", "--kind", "quantizer").exitCode()).isZero();
    String ours = Files.readString(Path.of("..", "pom.xml"));
    List<String> plugins =
        Files.readString(target.resolve("pom.xml"))
            .lines()
            .dropWhile(line -> !line.contains("<plugins>"))
            .filter(line -> line.matches("\\s+<(artifactId|version)>.*"))
            .map(String::strip)
            .toList();
    assertThat(plugins).hasSize(10);
    for (int index = 0; index < plugins.size(); index += 2) {
      assertThat(ours)
          .containsPattern(
              plugins.get(index) + "\\s+" + plugins.get(index + 1).replace(".", "\\."));
    }
  }
}
