package org.roundel.cli.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.cli.Golden;
import org.roundel.cli.InProcess;
import org.roundel.cli.Outcome;
import org.roundel.reproduce.markov.MarkovPlan;
import org.roundel.reproduce.theory.MarkovChain;
import org.roundel.reproduce.theory.Mixing;
import org.roundel.reproduce.theory.PiecewiseQuadratic;
import org.roundel.reproduce.theory.StochasticRoundingChain;
import org.roundel.reproduce.theory.ToyMethod;
import org.roundel.reproduce.theory.ToyResult;
import org.roundel.reproduce.theory.ToySettings;
import org.roundel.reproduce.theory.ToySimulation;
import org.roundel.reproduce.theory.WeightGrid;

/** The experiments of the theory as a user runs them, without plugins. */
class TheoryExperimentsTest {
  private static final int USAGE = 2;
  private static final int CONFIGURATION = 3;

  @TempDir private Path directory;

  @Test
  void toyLeavesItsFilesWithTheLibrarysNumbers() throws IOException {
    Outcome outcome = toy("--iterations=100000", "--rates=0.01,0.1", "--seeds=1");
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    narrow(outcome);
    assertThat(outcome.out()).contains("SR, exact       0.4210", "301", "3,095", "report");
    assertFigures("toy", "minimum", "distance", "mixing");
    assertFigures("toy", "bc-rate-0-1", "sr-rate-0-1", "bc-rate-0-01", "sr-rate-0-01");

    PiecewiseQuadratic paper = PiecewiseQuadratic.paper();
    // Rates from the largest on, and three methods each: nearest BinaryConnect at 0.01 is stream 4.
    ToyResult simulated =
        ToySimulation.run(
            new ToySettings(paper, .5, .01, 2, 4, 100_000),
            ToyMethod.BINARY_CONNECT_NEAREST,
            RandomSource.of(1, RandomPurpose.MODEL, 0).forTensor(4));
    List<String> row = row("toy/methods.csv", "0.01,\"BC, nearest\"");
    assertThat(row.get(3)).isEqualTo(Double.toString(simulated.meanObjective()));
    assertThat(row.get(4)).isEqualTo(Double.toString(simulated.meanObjectiveError()));
    assertThat(row.get(5)).isEqualTo(Double.toString(simulated.deviation()));

    WeightGrid grid = StochasticRoundingChain.wideGrid(paper, .5, .01, 2);
    double[] law = StochasticRoundingChain.exact(paper, grid, .01, 2).stationaryLaw();
    List<String> laws = row("toy/laws.csv", "0.01,");
    assertThat(laws.get(1)).isEqualTo(Double.toString(grid.mean(law, paper::value)));
    assertThat(laws.get(8)).isEqualTo("3095");
    List<String> histogram = row("toy/histograms.csv", "0.01,4.5,");
    int state = grid.indicesWithin(4.5, 4.5)[0];
    assertThat(histogram.get(5)).isEqualTo(Double.toString(law[state]));
    assertThat(histogram.get(2)).isEqualTo(Double.toString(simulated.sharesOn(grid)[state]));
  }

  @Test
  void toySaysWhatIsSo() throws IOException {
    assertThat(toy("--iterations=100000", "--seeds=2").exitCode()).isZero();
    String report = Files.readString(directory.resolve("toy/report.html"));
    assertThat(report)
        .contains("as we recall it", "Holds</strong> Stochastic rounding does not settle there")
        .contains("Holds</strong> Theorem 5", "Holds</strong> Theorem 6");
    // With a rate of 1 alone BinaryConnect has not settled, and nothing is said of small rates.
    Outcome coarse = toy("--iterations=10000", "--rates=1", "--seeds=6");
    assertThat(coarse.out())
        .contains("Fails    As the rate falls, BinaryConnect with nearest")
        .contains("Unclear  Theorem 5", "Unclear  Theorem 6");
  }

  @Test
  void toySameSettingsSameBytes() throws IOException {
    String[] options = {"--iterations=5000", "--rates=0.1", "--seeds=2", "--seed=7"};
    toy(options);
    String first = Files.readString(directory.resolve("toy/histograms.csv"));
    String report = Files.readString(directory.resolve("toy/report.html"));
    toy(options);
    assertThat(directory.resolve("toy/histograms.csv")).content().isEqualTo(first);
    assertThat(directory.resolve("toy/report.html")).content().isEqualTo(report);
    toy("--iterations=5000", "--rates=0.1", "--seeds=2", "--seed=8");
    assertThat(directory.resolve("toy/histograms.csv")).content().isNotEqualTo(first);
  }

  @Test
  void toyTakesAnObjectiveOfYourOwn() throws IOException {
    Outcome outcome =
        toy("--objective=w^2 if w<1; 2*(w-2)^2-1", "--rates=0.1", "--iterations=1000", "--seeds=1");
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(Files.readString(directory.resolve("toy/report.html")))
        .contains("This objective is not the paper", "w^2 if w&lt;1; 2*(w-2)^2-1");
    assertThat(Files.readString(directory.resolve("toy/config.yaml")))
        .contains("w^2 if w<1; 2*(w-2)^2-1");
  }

  /** Without noise there are three places to end in, so no law; the simulation is still shown. */
  @Test
  void toyWithoutAnExactLawSaysWhy() throws IOException {
    Outcome outcome = toy("--sigma=0", "--rates=0.1", "--iterations=1000", "--seeds=1");
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    narrow(outcome);
    assertThat(outcome.out()).contains("has no exact law here; the report says why");
    assertThat(Files.readString(directory.resolve("toy/report.html")))
        .contains("no single stationary law");
  }

  @Test
  void toyRefusesWhatIsOutOfRange() throws IOException {
    refused("toy-delta", USAGE, "toy", "--delta=0");
    refused("toy-sigma", USAGE, "toy", "--sigma=-1");
    refused("toy-rate-not-a-number", USAGE, "toy", "--rates=0.1,NaN");
    refused("toy-iterations", USAGE, "toy", "--iterations=0");
    refused("toy-start", USAGE, "toy", "--start=Infinity");
    refused("toy-objective", USAGE, "toy", "--objective=w^3");
    refused("toy-rate-diverges", CONFIGURATION, "toy", "--rates=1.5");
    refused("toy-seeds", USAGE, "toy", "--seeds=0");
    assertThat(directory.resolve("toy")).doesNotExist();
  }

  @Test
  void markovShowsThePapersExample() throws IOException {
    Outcome outcome = markov();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    narrow(outcome);
    assertThat(outcome.out())
        .contains("A      0.5600  0.5600", "2 before, 5 after")
        .contains("Holds    Scaling all moves by 0.5 leaves the stationary law as it is.");
    assertFigures("markov", "distance", "stationary");
    MarkovChain chain = MarkovPlan.example();
    double[] before = new Mixing(chain).distances(new int[] {0, 1, 2}, 9, 1);
    double[] after = new Mixing(chain.scaled(.5)).distances(new int[] {0, 1, 2}, 9, 1);
    List<String> lines = Files.readAllLines(directory.resolve("markov/distance.csv"));
    assertThat(lines).hasSize(10);
    for (int step = 0; step < 9; step++) {
      assertThat(lines.get(step + 1)).isEqualTo(step + "," + before[step] + "," + after[step]);
    }
  }

  @Test
  void markovTakesAChainOfYourOwn() throws IOException {
    Path file = directory.resolve("chain.txt");
    Files.writeString(file, "sun rain\n0.999 0.001\n0.004 0.996\n");
    Outcome outcome = markov("--chain=" + file, "--scale-moves=0.1", "--epsilon=0.01");
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    narrow(outcome);
    // 0.8·0.995^t <= 0.01, and 0.8·0.9995^t <= 0.01.
    assertThat(outcome.out()).contains("sun    0.8000", "875 before, 8,762 after");
  }

  @Test
  void markovTellsFaultsOfItsFile() throws IOException {
    Path file = directory.resolve("chain.txt");
    refused("markov-no-file", CONFIGURATION, "markov", "--chain=" + file);
    Files.writeString(file, "# sums\nA B\n0.5 0.5\n0.5 0.4\n");
    refused("markov-row-sum", CONFIGURATION, "markov", "--chain=" + file);
    Files.writeString(file, "1 0\n0 1\n");
    refused("markov-two-laws", CONFIGURATION, "markov", "--chain=" + file);
    refused("markov-scale-too-large", CONFIGURATION, "markov", "--scale-moves=2");
    refused("markov-scale-zero", USAGE, "markov", "--scale-moves=0");
    refused("markov-epsilon", USAGE, "markov", "--epsilon=1");
  }

  private void refused(String golden, int exitCode, String experiment, String option)
      throws IOException {
    Outcome outcome = run(experiment, option);
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(exitCode);
    Golden.assertGolden(golden, outcome.err().replace(directory.toString(), "DIR"));
  }

  private Outcome toy(String... options) {
    return run("toy", options);
  }

  private Outcome markov(String... options) {
    return run("markov", options);
  }

  private Outcome run(String experiment, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("reproduce", experiment, "--out=" + directory));
    arguments.addAll(List.of(options));
    return InProcess.homeless().run(arguments.toArray(String[]::new));
  }

  private static void narrow(Outcome outcome) {
    assertThat(outcome.out().lines())
        .filteredOn(line -> !line.contains("report.html"))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  private void assertFigures(String experiment, String... names) {
    Path files = directory.resolve(experiment);
    for (String name : names) {
      for (String end : List.of(".png", ".svg", "-dark.png", "-dark.svg")) {
        assertThat(files.resolve(name + end)).isNotEmptyFile();
      }
    }
    assertThat(files.resolve("report.html")).isNotEmptyFile();
    assertThat(files.resolve("config.yaml")).isNotEmptyFile();
  }

  /** Returns the cells of the row that begins with a text; a quoted one counts as two. */
  private List<String> row(String file, String start) throws IOException {
    for (String line : Files.readAllLines(directory.resolve(file))) {
      if (line.startsWith(start)) {
        return List.of(line.split(",", -1));
      }
    }
    throw new AssertionError("no row " + start + " in " + file);
  }
}
