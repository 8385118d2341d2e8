package org.roundel.cli.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.roundel.cli.Outcome;
import org.roundel.cli.OwnInstallation;

/** The projects that {@code roundel plugin new} writes build, pass their tests and train a net. */
@Tag("thorough")
class PluginNewIT extends OwnInstallation {
  private static final Map<String, String> NAMES = names();

  /** Rules that a kind's contract has at the very least. */
  private static final int FEWEST_TESTS = 7;

  private static final Pattern SUMMARY =
      Pattern.compile("Tests run: (\\d+), Failures: (\\d+), Errors: (\\d+), Skipped: (\\d+)");

  private static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("quantizer", "power-of-two");
    names.put("optimizer", "sign-descent");
    names.put("schedule", "exponential");
    names.put("model", "two-convolutions");
    names.put("dataset", "stripes");
    names.put("exporter", "net-as-text");
    names.put("inference", "loops");
    return names;
  }

  /** A path with a blank in it: so are those of many users. */
  @Override
  protected Path place() throws IOException {
    return Files.createDirectory(directory.resolve("my programs"));
  }

  @Test
  void whatItWritesBuildsAndTrains() throws IOException, InterruptedException {
    StringBuilder modules = new StringBuilder();
    for (Map.Entry<String, String> kind : NAMES.entrySet()) {
      Outcome written = roundel.run("plugin", "new", kind.getValue(), "--kind", kind.getKey());
      assertThat(written.exitCode()).as("%s", written).isZero();
      modules.append("<module>").append(kind.getValue()).append("</module>");
    }

    buildAll(roundel.work(), modules.toString());

    List<String> train = new ArrayList<>(List.of("train", "--batch-size=32", "--epochs=2"));
    for (Map.Entry<String, String> kind : NAMES.entrySet()) {
      String name = kind.getValue();
      assertThat(testsOf(roundel.work().resolve(name))).isGreaterThanOrEqualTo(FEWEST_TESTS);
      Path jar = roundel.work().resolve(name).resolve("target").resolve(name + ".jar");
      Outcome checked = roundel.run("plugin", "check", jar.toString());
      assertThat(checked.exitCode()).as("%s", checked).isZero();
      Files.copy(jar, roundel.plugins().resolve(name + ".jar"));
      if (!kind.getKey().equals("exporter") && !kind.getKey().equals("inference")) {
        train.add("--" + kind.getKey() + "=" + name);
      }
    }
    Outcome listed = roundel.run("list");
    assertThat(listed.err()).isEmpty();
    String added = listed.out().substring(listed.out().indexOf("\nadded here, not a part of"));
    NAMES.forEach(
        (kind, name) ->
            assertThat(added).contains("\n  " + name + ".jar: " + kind + " " + name + "\n"));
    train.add("--learning-rate=0.01");
    Outcome trained = roundel.run(train.toArray(String[]::new));
    assertThat(trained.exitCode()).as("%s", trained).isZero();
    assertThat(trained.out())
        .startsWith("Training two-convolutions on stripes\n")
        .contains("quantized by power-of-two (conv)", "sign-descent, rate 0.01 exponential");
  }

  /** One start of Maven for all of them; an author builds one, in the same way. */
  private void buildAll(Path work, String modules) throws IOException, InterruptedException {
    Files.writeString(
        work.resolve("pom.xml"),
        "<project><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId>"
            + "<artifactId>all</artifactId><version>1</version><packaging>pom</packaging><modules>"
            + modules
            + "</modules></project>");
    Path output = directory.resolve("maven.txt");
    try (AuthorsMaven maven = new AuthorsMaven(directory.resolve("maven"))) {
      ProcessBuilder builder =
          new ProcessBuilder(maven.command().toString(), "package")
              .directory(work.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      int exitCode = builder.start().waitFor();
      assertThat(exitCode).as(Files.readString(output)).isZero();
    }
  }

  /** Returns how many tests Surefire has run in a project, none of them failed or left out. */
  private static int testsOf(Path project) throws IOException {
    try (Stream<Path> files = Files.list(project.resolve("target").resolve("surefire-reports"))) {
      Path report =
          files
              .filter(file -> file.toString().endsWith("PluginTest.txt"))
              .findFirst()
              .orElseThrow();
      Matcher summary = SUMMARY.matcher(Files.readString(report));
      assertThat(summary.find()).as("a summary in %s", report).isTrue();
      assertThat(List.of(summary.group(2), summary.group(3), summary.group(4)))
          .as("failures, errors, left out")
          .containsOnly("0");
      return Integer.parseInt(summary.group(1));
    }
  }
}
