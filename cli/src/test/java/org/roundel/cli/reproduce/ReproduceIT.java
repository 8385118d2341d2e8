package org.roundel.cli.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.cli.Golden;
import org.roundel.cli.Installation;
import org.roundel.cli.Outcome;
import org.roundel.cli.OwnInstallation;
import org.roundel.cli.browser.Chromium;
import org.roundel.cli.browser.Tab;

/**
 * The packaged program repeats training experiments of the paper, in seconds instead of minutes.
 */
@Tag("thorough")
class ReproduceIT extends OwnInstallation {
  /** The smoke scale with a sixteenth of the images and two epochs. */
  private static final List<String> TINY =
      List.of(
          "--seeds=2",
          "--set=epochs=2",
          "--set=dataset.train-limit=128",
          "--set=dataset.test-limit=50");

  /** What one experiment gives that runs to its end: several tests look at it. */
  @TempDir private static Path shared;

  private static Installation once;
  private static Outcome whole;

  @BeforeAll
  static void reproduceOnce() throws Exception {
    once = Installation.in(shared);
    whole = once.start(tiny("methods", "out"), "").end();
  }

  @AfterAll
  static void removeShared() throws Exception {
    once.remove();
  }

  private static List<String> tiny(String experiment, String out) {
    List<String> arguments = new ArrayList<>(List.of("reproduce", experiment, "--out=" + out));
    arguments.addAll(TINY);
    return arguments;
  }

  private Outcome reproduce(String experiment, String out) throws Exception {
    return roundel.start(tiny(experiment, out), "").end();
  }

  /** Returns the results without the last column, the seconds. */
  private static List<String> results(Path out) throws IOException {
    return Files.readAllLines(out.resolve("methods/runs.csv")).stream()
        .map(line -> line.substring(0, line.lastIndexOf(',')))
        .toList();
  }

  @Test
  void theReportOpensInABrowserWithItsFigures() throws Exception {
    assertThat(whole.exitCode()).as("%s", whole).isZero();
    assertThat(whole.err()).isEmpty();
    assertThat(whole.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(whole.out()).contains("10/10").contains("  report  out/methods/report.html");
    Path out = once.work().resolve("out");
    assertThat(results(out)).hasSize(1 + 10);
    Path report = out.resolve("methods/report.html");
    assertThat(report.resolveSibling("config.yaml")).isNotEmptyFile();
    try (Chromium browser = Chromium.start();
        Tab page = browser.open(report.toUri(), 390, 800, false)) {
      assertThat(page.images())
          .hasSize(2)
          .allMatch(Tab.Image::complete)
          .allMatch(image -> image.width() > 300)
          .allMatch(image -> image.source().startsWith("data:image/svg+xml"));
      assertThat(page.errors()).isEmpty();
      assertThat(page.overflow()).isZero();
      assertThat(page.evaluate("document.body.innerText").asText())
          .contains("The order of the errors is ADAM < BC < Big SR < SR < R")
          .contains("as we recall Table 1")
          .contains("The paper has no such net");
    }
  }

  @Test
  void anInterruptedExperimentGoesOnToTheSameResults() throws Exception {
    Installation.Running running = roundel.start(tiny("methods", "stopped"), "");
    running.awaitLine("  3/10");
    running.signal("INT");
    Outcome stopped = running.end();
    assertThat(stopped.exitCode()).as("%s", stopped).isEqualTo(130);
    assertThat(stopped.out()).endsWith("Stopped early; the same command goes on where it was.\n");
    Path first =
        roundel
            .work()
            .resolve(
                "stopped/runs/resnet-8-fashion-mnist-mini-none-batch-128-seed-1/history.jsonl");
    byte[] finished = Files.readAllBytes(first);
    assertThat(Files.readString(roundel.work().resolve("stopped/methods/report.html")))
        .contains("of 10 trainings are not finished");

    Outcome resumed = reproduce("methods", "stopped");
    assertThat(resumed.exitCode()).as("%s", resumed).isZero();
    assertThat(Files.readAllBytes(first)).isEqualTo(finished);
    assertThat(results(roundel.work().resolve("stopped")))
        .isEqualTo(results(once.work().resolve("out")));
  }

  @Test
  void machinesShareAnExperimentInParts() throws Exception {
    List<String> arguments = tiny("weight-decay", "shared");
    arguments.add("--part=2/4");
    Outcome part = roundel.start(arguments, "").end();
    assertThat(part.exitCode()).as("%s", part).isZero();
    assertThat(part.out().lines().filter(line -> line.matches("  +[0-9]+/8 .*"))).hasSize(2);
    Outcome rest = reproduce("weight-decay", "shared");
    assertThat(rest.exitCode()).as("%s", rest).isZero();
    assertThat(Files.readAllLines(roundel.work().resolve("shared/weight-decay/runs.csv")))
        .hasSize(1 + 8);
  }

  @Test
  void aPublishedRunIsAConfigurationFile() throws Exception {
    Path preset =
        roundel.plugins().resolveSibling("conf").resolve("paper/resnet-56-cifar-10-sr-adam.yaml");
    List<String> arguments =
        new ArrayList<>(List.of("train", "--config=" + preset, "--run-dir=run", "--quiet"));
    Installation.TINY_RUN.stream()
        .filter(option -> !option.startsWith("--schedule"))
        .forEach(arguments::add);
    Outcome outcome = roundel.run(arguments.toArray(String[]::new));
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(Files.readString(roundel.work().resolve("run/config.yaml")))
        .contains("quantizer: stochastic-rounding", "schedule: step", "82,122");
  }

  @Test
  void refusesWhatCannotBeDone() throws Exception {
    golden("reproduce-missing-data", 3, "methods", "--scale=laptop", "--cifar-10=nowhere");
    golden("reproduce-part", 2, "methods", "--part=3/2");
    golden("reproduce-seeds", 2, "methods", "--seeds=0");
    golden("reproduce-scale", 2, "methods", "--scale=tiny");
    golden("reproduce-chosen-setting", 2, "methods", "--set=seed=3");
    golden("reproduce-unknown-setting", 3, "methods", "--set=epoch=3");
    golden("reproduce-unknown-experiment", 2, "method");
    List<String> part = tiny("weight-decay", "out");
    part.add("--part=1/8");
    assertThat(roundel.start(part, "").end().exitCode()).isZero();
    golden("reproduce-other-configuration", 3, "weight-decay", "--out=out", "--seeds=1");
  }

  private void golden(String name, int exitCode, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("reproduce"));
    command.addAll(List.of(arguments));
    Outcome outcome = roundel.run(command.toArray(String[]::new));
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(exitCode);
    Golden.assertGolden(
        name, outcome.err().replace(roundel.work().toRealPath().toString(), "WORK"));
  }
}
