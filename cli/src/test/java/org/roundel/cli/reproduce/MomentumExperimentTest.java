package org.roundel.cli.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.cli.Golden;
import org.roundel.cli.InProcess;
import org.roundel.cli.Outcome;
import org.roundel.reproduce.theory.momentum.LazyLaw;
import org.roundel.reproduce.theory.momentum.MomentumLaw;
import org.roundel.reproduce.theory.momentum.MomentumSettings;
import org.roundel.reproduce.theory.momentum.NoisyQuadratic;
import org.roundel.reproduce.theory.momentum.UpdateRule;

/** {@code roundel reproduce momentum} as a user runs it, without plugins. */
class MomentumExperimentTest {
  private static final int USAGE = 2;
  private static final int CONFIGURATION = 3;

  @TempDir private Path directory;

  @Test
  void leavesItsFilesWithTheLibrarysNumbers() throws IOException {
    Outcome outcome =
        run("--rates=0.001,0.01", "--betas=0.9,0.99", "--iterations=200000", "--seeds=2");
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.out().lines())
        .filteredOn(line -> !line.contains("report.html"))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(outcome.out()).contains("0.5680", "0.2576", "0.8815").doesNotContain("Fails");
    for (String name : List.of("momentum", "batches", "overshoot")) {
      for (String end : List.of(".png", ".svg", "-dark.png", "-dark.svg")) {
        assertThat(directory.resolve("momentum").resolve(name + end)).isNotEmptyFile();
      }
    }
    NoisyQuadratic problem = new NoisyQuadratic(1, .3, 1, 4);
    MomentumLaw law = MomentumLaw.of(new MomentumSettings(problem, .01, .9));
    assertThat(row("momentum.csv", "0.01,0.9,").get(3)).isEqualTo(law.meanSquare() + "");
    LazyLaw signs = LazyLaw.of(problem.ofBatch(16), UpdateRule.SIGN);
    assertThat(row("batches.csv", "16.0,").get(6)).isEqualTo(signs.meanSquare() + "");
    assertThat(row("batches.csv", "Infinity,").get(3)).isEmpty();
    assertThat(Files.readString(directory.resolve("momentum/config.yaml")))
        .contains("rates: 0.01,0.001", "betas: 0,0.9,0.99");
  }

  @Test
  void sameSettingsSameBytes() throws IOException {
    String[] options = {"--rates=0.01", "--betas=0.5", "--iterations=10000", "--seeds=1"};
    run(options);
    Path numbers = directory.resolve("momentum/momentum.csv");
    String first = Files.readString(numbers);
    String report = Files.readString(directory.resolve("momentum/report.html"));
    run(options);
    assertThat(numbers).content().isEqualTo(first);
    assertThat(directory.resolve("momentum/report.html")).content().isEqualTo(report);
  }

  /** With β = 0 only, there is nothing to say of momentum, and one rate is enough. */
  @Test
  void saysWhatItCannotSay() throws IOException {
    Outcome outcome = run("--rates=0.02", "--betas=0", "--iterations=10000", "--batches=64");
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.out()).contains("Unclear  Momentum acts as", "Unclear  While noise");
    assertThat(directory.resolve("momentum/overshoot.svg")).doesNotExist();
  }

  @Test
  void refusesWhatIsOutOfRange() throws IOException {
    refused("momentum-beta", CONFIGURATION, "--betas=1");
    refused("momentum-sigma", CONFIGURATION, "--sigma=0");
    refused("momentum-rate", CONFIGURATION, "--rates=2");
    refused("momentum-batch", USAGE, "--batches=0");
    refused("momentum-iterations", USAGE, "--iterations=100");
    assertThat(directory.resolve("momentum")).doesNotExist();
  }

  private void refused(String golden, int exitCode, String option) throws IOException {
    Outcome outcome = run(option);
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(exitCode);
    Golden.assertGolden(golden, outcome.err());
  }

  private Outcome run(String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("reproduce", "momentum", "--out=" + directory));
    arguments.addAll(List.of(options));
    return InProcess.homeless().run(arguments.toArray(String[]::new));
  }

  private List<String> row(String file, String start) throws IOException {
    for (String line : Files.readAllLines(directory.resolve("momentum").resolve(file))) {
      if (line.startsWith(start)) {
        return List.of(line.split(",", -1));
      }
    }
    throw new AssertionError("no row " + start + " in " + file);
  }
}
