package org.roundel.reproduce.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.model.ParameterRole;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.Evaluation;
import org.roundel.core.event.LayerStatistics;
import org.roundel.core.record.RunRecord;
import org.roundel.report.Report;
import org.roundel.reproduce.experiment.Scale;

/** What the reports say about trainings whose figures are known. */
class TrainingReportsTest {
  private static final int EPOCHS = 16;
  private static final int IMAGES = 10_240;

  @TempDir Path directory;

  private final Protocol protocol = new Protocol(Scale.LAPTOP, 3, false, Map.of());
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  /**
   * A finished run of 16 epochs whose rate falls in epoch 9. Its error falls by one point an epoch
   * to {@code last}.
   */
  private RunRecord record(Trial trial, double last) {
    List<EpochCompleted> epochs = new ArrayList<>();
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      double error = (last + EPOCHS - epoch) / 100;
      boolean still = trial.method() == Method.DETERMINISTIC_ROUNDING;
      epochs.add(
          new EpochCompleted(
              epoch,
              EPOCHS,
              (long) epoch * IMAGES / trial.batchSize(),
              epoch < 9 ? 0.01 : 0.001,
              new Evaluation(1, 0.5, IMAGES),
              false,
              new Evaluation(1, error, 1000),
              null,
              true,
              2,
              List.of(
                  layer("a/weight", ParameterRole.CONVOLUTION_WEIGHT, 100, still ? 0 : 0.1),
                  layer("b/weight", ParameterRole.CONVOLUTION_WEIGHT, 300, still ? 0 : 0.5),
                  layer("c/weight", ParameterRole.LINEAR_WEIGHT, 10, 0.2))));
    }
    return new RunRecord(directory, trial.cell(Map.of()).configuration(), epochs, null);
  }

  private static LayerStatistics layer(
      String name, ParameterRole role, long weights, double changed) {
    return new LayerStatistics(
        name, role, true, weights, changed, changed / 2, 0, changed, 0, null);
  }

  private String describe(TrainingExperiment experiment, ToDoubleFunction<Trial> last)
      throws IOException {
    Map<Trial, RunRecord> records = new LinkedHashMap<>();
    for (Trial trial : experiment.trials()) {
      double error = last.applyAsDouble(trial);
      if (!Double.isNaN(error)) {
        records.put(trial, record(trial, error + trial.seed() * 0.1));
      }
    }
    Results results = new Results(records);
    Report report = new Report(TrainedExperiment.class, experiment.name() + ".ftlh");
    report.put("title", experiment.title());
    report.put("trainings", experiment.trials().size());
    report.put("missing", List.of());
    report.put("configuration", "");
    experiment.describe(
        results, directory, report, new PrintStream(printed, true, StandardCharsets.UTF_8));
    DataFiles.write(results, directory);
    report.write(directory.resolve("report.html"));
    return Files.readString(directory.resolve("report.html"))
        .replaceAll("data:[^\"]*", "")
        .replaceAll("<[^>]*>", " ")
        .replaceAll("\\s+", " ");
  }

  private static double orderOfThePaper(Trial trial) {
    return 20 + 5 * List.of(Method.values()).indexOf(trial.method());
  }

  @Test
  void methodsInTheOrderOfThePaperHold() throws IOException {
    String report = describe(new MethodsExperiment(protocol), TrainingReportsTest::orderOfThePaper);
    assertThat(report)
        .contains("Big SR-ADAM, batch 1024 3 30.20 ± 0.10 30.10 30.30 30.20 -")
        .contains("Holds The order of the errors is ADAM")
        .contains("ADAM &lt; BC-ADAM Holds +5.00 ± 0.08 points")
        .contains("Updates made: ADAM 1,280, BC-ADAM 1,280, Big SR-ADAM 160");
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .allMatch(line -> line.length() <= 80)
        .anyMatch(line -> line.matches("  R-ADAM, batch 128 +3 +40.20 ± 0.10 .*"));
    assertThat(Files.readAllLines(directory.resolve("runs.csv")).get(1))
        .isEqualTo("resnet-8,cifar-10,ADAM,128,0.0,1,16,1280,0.5,0.201,0.201,16,32.0");
  }

  @Test
  void methodsInAnotherOrderFailAndMissingOnesAreUnclear() throws IOException {
    assertThat(
            describe(
                new MethodsExperiment(protocol),
                trial ->
                    trial.method() == Method.BIG_STOCHASTIC_ROUNDING ? 70 : orderOfThePaper(trial)))
        .contains("Fails The order of the errors")
        .contains("Big SR-ADAM &lt; SR-ADAM Fails -35.00 ± 0.08 points");
    assertThat(
            describe(
                new MethodsExperiment(protocol),
                trial -> trial.method() == Method.ADAM ? Double.NaN : orderOfThePaper(trial)))
        .contains("Unclear The order of the errors")
        .contains("not trained yet");
  }

  @Test
  void batchSizesAreComparedAtEqualEpochsAndAtEqualUpdates() throws IOException {
    String report =
        describe(
            new BatchSizeExperiment(protocol),
            trial -> trial.method() == Method.BINARY_CONNECT ? 30 : 30 + trial.batchSize() / 128.0);
    // Before the rate falls, 1024 has made 80 updates in 8 epochs, at 8 points above its last
    // error; 128 has made them in 1 epoch, at 15 points above, 512 in 4, 12 points above.
    assertThat(report)
        .contains("after 80 updates")
        .contains("SR-ADAM 128 31.20 ± 0.10 1280 46.20 ± 0.10 80")
        .contains("SR-ADAM 512 34.20 ± 0.10 320 46.20 ± 0.10 80")
        .contains("SR-ADAM 1024 38.20 ± 0.10 160 46.20 ± 0.10 80")
        .contains("Fails Large batches help stochastic rounding, at equal epochs")
        .contains("Unclear Large batches help stochastic rounding, at equal updates")
        .contains("Unclear Small batches help BinaryConnect, at equal epochs")
        .contains("Fails Small batches help BinaryConnect, at equal updates");
  }

  @Test
  void weightChangesCountEveryWeightOnce() throws IOException {
    String report =
        describe(new WeightChangesExperiment(protocol), TrainingReportsTest::orderOfThePaper);
    // 100 weights at 10 % and 300 at 50 %.
    assertThat(report)
        .contains("SR-ADAM 40.00 ± 0.00 20.00 ± 0.00 20.00 ± 0.00")
        .contains("R-ADAM 0.00 ± 0.00")
        .contains("Holds Deterministic rounding with Adam at 0.01 moves no")
        .contains("Unclear Stochastic rounding changes more")
        .contains("Holds Stochastic rounding climbs to about 40 %")
        .contains("Fails BinaryConnect stays below about 20 %");
    assertThat(directory.resolve("layers-sr-adam.svg")).exists();
  }

  @Test
  void weightDecayIsJudgedByGapAndError() throws IOException {
    String report =
        describe(
            new WeightDecayExperiment(protocol), trial -> trial.weightDecay() > 5e-5 ? 35 : 30);
    assertThat(report)
        .contains("1e-4 35.20 ± 0.10 0.4000 (0.4000 to 0.4000)")
        .contains("Holds A decay of 1e-4 raises the test error")
        .contains("Unclear A decay of 1e-5 raises the test error (as we recall");
  }

  @Test
  void everyFigureIsThereInFourForms() throws IOException {
    describe(new BatchSizeExperiment(protocol), trial -> 40);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains(
              "sr-adam-errors-by-update.png",
              "sr-adam-errors-by-update.svg",
              "sr-adam-errors-by-update-dark.png",
              "sr-adam-errors-by-update-dark.svg",
              "bc-adam-changed-in-five-epochs.svg");
    }
  }
}
