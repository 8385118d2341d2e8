package org.roundel.reproduce.convex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.report.terminal.StatusLine;
import org.roundel.report.terminal.WorkProgress;
import org.roundel.reproduce.experiment.Workspace;
import org.roundel.reproduce.theory.convex.DescentMethod;
import org.roundel.reproduce.theory.convex.Quadratic;
import org.roundel.reproduce.theory.convex.QuantizedDescent;
import org.roundel.reproduce.theory.convex.RandomStream;
import org.roundel.reproduce.theory.convex.StepSize;

class ConvexExperimentTest {
  /** A whole experiment, run straight through, and what it printed. */
  @TempDir private static Path straight;

  private static String straightOutput = "";

  @TempDir private Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @BeforeAll
  static void runStraight() throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    assertThat(experiment(settings(3)).run(workspace(straight, () -> false, printed))).isTrue();
    straightOutput = printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void anInterruptedExperimentEndsWithTheBytesOfAnother() throws IOException {
    assertThat(run(settings(3), () -> cells() == 5)).isFalse();
    assertThat(cells()).isEqualTo(5);
    assertThat(directory.resolve("report.html")).doesNotExist();
    assertThat(run(settings(3), () -> false)).isTrue();
    assertThat(printed()).isEqualTo(straightOutput);
    Map<String, byte[]> expected = files(straight);
    Map<String, byte[]> found = files(directory);
    assertThat(found).containsOnlyKeys(expected.keySet());
    expected.forEach((name, bytes) -> assertThat(found.get(name)).as(name).isEqualTo(bytes));
    assertThat(expected)
        .containsKeys("config.yaml", "results.csv", "curves.csv", "report.html", "floor-delta.png");
  }

  @Test
  void cellsOfOtherSeedsAreSaidAndComputedAgain() throws IOException {
    assertThat(run(settings(2), () -> cells() == 1)).isFalse();
    assertThat(printed()).isEmpty();
    assertThat(run(settings(3), () -> cells() == 2)).isFalse();
    assertThat(printed()).contains("is of another run (seeds 2, not 3) and computed again");
    files(directory)
        .forEach(
            (name, bytes) -> {
              if (name.startsWith("cells")) {
                Path same = straight.resolve(name);
                assertThat(same).as(name).hasBinaryContent(bytes);
              }
            });
  }

  @Test
  void tablesHaveTheLibrarysNumbers() throws IOException {
    double sum = 0;
    for (long seed = 5; seed < 8; seed++) {
      double[] errors =
          QuantizedDescent.run(
                  Quadratic.isotropic(Quadratic.spreadCenter(4), 2),
                  DescentMethod.STOCHASTIC_ROUNDING,
                  0.25,
                  StepSize.stronglyConvex(1),
                  new double[4],
                  new long[] {1, 200},
                  seed)
              .averageError();
      sum += errors[1];
    }
    List<String> lines = Files.readAllLines(straight.resolve("results.csv"));
    List<String> headings = List.of(lines.get(0).split(",", -1));
    List<String[]> rows =
        lines.stream()
            .filter(
                line ->
                    line.startsWith(
                        "quadratic,strongly-convex,stochastic-rounding,0.25,4,2.0,200,"))
            .map(line -> line.split(",", -1))
            .toList();
    assertThat(rows).hasSize(1);
    String[] row = rows.get(0);
    assertThat(row).hasSize(headings.size());
    double error = Double.parseDouble(row[headings.indexOf("average_error")]);
    assertThat(error).isCloseTo(sum / 3, within(1e-15));
    double g = Double.parseDouble(row[headings.indexOf("g")]);
    assertThat(Double.parseDouble(row[headings.indexOf("bound_floor")]))
        .isCloseTo(Math.sqrt(4) * 0.25 * g / 2, within(1e-12));
    assertThat(Double.parseDouble(row[headings.indexOf("bound")]))
        .isCloseTo((1 + Math.log(201)) * g * g / 400 + Math.sqrt(4) * 0.25 * g / 2, within(1e-12));
  }

  @Test
  void printsAnEightyColumnTableAndEveryVerdict() throws IOException {
    assertThat(straightOutput.lines()).allMatch(line -> line.length() <= 80);
    assertThat(straightOutput).contains("delta", "BC Q_s", "Lemma 1");
    assertThat(Files.readString(straight.resolve("report.html")))
        .contains("Theorem 4", "as we recall the paper", "F(w_r) beside F(Q(w_r))");
  }

  @Test
  void oneValueOfEachIsEnough() throws IOException {
    ConvexSettings one = new ConvexSettings(List.of(0.5), List.of(1), List.of(1.0), 100, 2, 1);
    assertThat(run(one, () -> false)).isTrue();
    assertThat(printed()).contains("Unclear");
  }

  private static ConvexSettings settings(int seeds) {
    return new ConvexSettings(
        List.of(0.25, 0.5, 0.5), List.of(4, 2), List.of(1.0, 2.0), 200, seeds, 5);
  }

  private static ConvexExperiment experiment(ConvexSettings settings) {
    RandomStream random = new RandomStream(RandomSource.of(1, RandomPurpose.INITIALIZE, 0));
    double[][] features = new double[30][3];
    int[] labels = new int[30];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 2 == 0 ? 1 : -1;
      for (int j = 0; j < 3; j++) {
        features[i][j] = 0.5 * random.nextNormal() + 0.2 * labels[i];
      }
    }
    return new ConvexExperiment(
        settings, new RegressionData(features, labels, List.of("shirt", "coat"), "0123"));
  }

  private boolean run(ConvexSettings settings, BooleanSupplier stop) throws IOException {
    return experiment(settings).run(workspace(directory, stop, out));
  }

  private static Workspace workspace(Path where, BooleanSupplier stop, OutputStream out) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new Workspace(where, new WorkProgress(StatusLine.none()), stop, stream);
  }

  private int cells() {
    String[] names = directory.resolve("cells").toFile().list();
    return names == null ? 0 : names.length;
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Map<String, byte[]> files(Path root) throws IOException {
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> all = Files.walk(root)) {
      all.filter(Files::isRegularFile).forEach(paths::add);
    }
    Map<String, byte[]> contents = new TreeMap<>();
    for (Path each : paths) {
      contents.put(root.relativize(each).toString(), Files.readAllBytes(each));
    }
    return contents;
  }
}
