package org.roundel.reproduce.training;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.roundel.api.model.ParameterRole;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.record.RunRecord;
import org.roundel.report.Claim;
import org.roundel.report.Report;
import org.roundel.report.chart.Axis;
import org.roundel.report.chart.Curve;
import org.roundel.report.chart.Line;
import org.roundel.report.chart.LineChart;
import org.roundel.report.chart.Palette;
import org.roundel.report.chart.drawing.ChartFiles;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.report.terminal.Texts;
import org.roundel.reproduce.experiment.Percent;
import org.roundel.reproduce.experiment.Sample;
import org.roundel.reproduce.experiment.WelchTest;

/**
 * The batch size's effect on stochastic rounding and BinaryConnect, with equal epochs and with
 * equal updates: a batch eight times as large makes an eighth of the updates in an epoch.
 */
final class BatchSizeExperiment implements TrainingExperiment {
  private static final List<Method> METHODS =
      List.of(Method.STOCHASTIC_ROUNDING, Method.BINARY_CONNECT);
  private static final List<Integer> SIZES = List.of(128, 1024, 256, 512);
  private static final List<Integer> ASCENDING = SIZES.stream().sorted().toList();
  private static final List<Integer> COLORS =
      List.of(
          Palette.ADAM,
          Palette.BINARY_CONNECT,
          Palette.STOCHASTIC_ROUNDING,
          Palette.DETERMINISTIC_ROUNDING);

  private final Protocol protocol;
  private final Task task;

  BatchSizeExperiment(Protocol protocol) {
    this.protocol = protocol;
    this.task = protocol.task("resnet-56");
  }

  @Override
  public String name() {
    return "batch-size";
  }

  @Override
  public String title() {
    return "The size of the batch";
  }

  @Override
  public List<Trial> trials() {
    List<Trial> trials = new ArrayList<>();
    for (long seed = 1; seed <= protocol.seeds(); seed++) {
      for (int size : SIZES) {
        for (Method method : METHODS) {
          trials.add(new Trial(task, method, size, 0, seed));
        }
      }
    }
    return trials;
  }

  @Override
  public void describe(Results results, Path directory, Report report, PrintStream out) {
    long updates = commonUpdates(results);
    Table<Row> errors = errors(results, updates);
    List<Claim> claims = claims(results, updates);
    report.put("task", task.label());
    report.put("sizes", ASCENDING.toString());
    report.put("updates", Texts.count(updates));
    report.put("errors", errors);
    report.put("methods", figures(results, directory));
    report.put("claims", claims);
    out.println();
    errors.print(out, task.label() + ": test error in percent, mean ± sd over seeds");
    Claim.print(out, claims);
  }

  /** A method with batches of one size; there is a training of it. */
  private record Row(Method method, int size, Results results) {}

  private static Table<Row> errors(Results results, long updates) {
    List<Row> rows = new ArrayList<>();
    for (Method method : METHODS) {
      for (int size : ASCENDING) {
        Results of = of(results, method, size);
        if (!of.isEmpty()) {
          rows.add(new Row(method, size, of));
        }
      }
    }
    return new Table<>(
        List.of(
            Column.of("method", row -> row.method().label()),
            Column.of("batch", row -> Integer.toString(row.size())),
            Column.of("equal epochs", row -> Percent.of(row.results().lastErrors())),
            Column.of(
                "updates", row -> Long.toString(Results.lastEpoch(row.results().first()).step())),
            Column.of("equal updates", row -> Percent.of(atUpdates(row.results(), updates))),
            Column.of(
                "updates", row -> Long.toString(nearest(row.results().first(), updates).step()))),
        rows);
  }

  private static Results of(Results results, Method method, int size) {
    return results.where(trial -> trial.method() == method && trial.batchSize() == size);
  }

  /** Returns the updates of the largest batch before its rate first falls, 0 without such a run. */
  private static long commonUpdates(Results results) {
    for (int index = ASCENDING.size() - 1; index >= 0; index--) {
      int size = ASCENDING.get(index);
      for (RunRecord record :
          results.where(trial -> trial.batchSize() == size).records().values()) {
        return updatesAtFullRate(record);
      }
    }
    return 0;
  }

  private static long updatesAtFullRate(RunRecord record) {
    double full = record.epochs().get(0).learningRate();
    long updates = 0;
    for (EpochCompleted epoch : record.epochs()) {
      if (epoch.learningRate() < full) {
        break;
      }
      updates = epoch.step();
    }
    return updates;
  }

  private static EpochCompleted nearest(RunRecord record, long updates) {
    EpochCompleted nearest = record.epochs().get(0);
    for (EpochCompleted epoch : record.epochs()) {
      if (Math.abs(epoch.step() - updates) < Math.abs(nearest.step() - updates)) {
        nearest = epoch;
      }
    }
    return nearest;
  }

  private static Sample atUpdates(Results results, long updates) {
    return new Sample(results.each(record -> Curves.testError(nearest(record, updates))));
  }

  private static List<Map<String, Object>> figures(Results results, Path directory) {
    List<Map<String, Object>> figures = new ArrayList<>();
    for (Method method : METHODS) {
      List<Curve> byUpdates = new ArrayList<>();
      List<Curve> byEpoch = new ArrayList<>();
      List<Curve> changed = new ArrayList<>();
      List<Curve> changedInFive = new ArrayList<>();
      for (int index = 0; index < ASCENDING.size(); index++) {
        int color = COLORS.get(index);
        Results of = of(results, method, ASCENDING.get(index));
        if (of.isEmpty()) {
          continue;
        }
        String name = "batch " + ASCENDING.get(index);
        Results.Course course = of.course(Curves::testError);
        byUpdates.add(
            Curve.of(name, course.updates(), course.mean(), Line.SOLID, color)
                .withBand(course.low(), course.high()));
        Curves.addErrors(byEpoch, name, color, of);
        changed.add(
            Curves.byEpoch(name, color, Line.SOLID, of, BatchSizeExperiment::changedSinceStart));
        changedInFive.add(
            Curves.byEpoch(name, color, Line.SOLID, of, BatchSizeExperiment::changedInFiveEpochs));
      }
      if (!byEpoch.isEmpty()) {
        figures.add(
            Map.of(
                "label", method.label(),
                "byEpoch",
                    ChartFiles.write(
                        directory,
                        method.slug() + "-errors-by-epoch",
                        Curves.errors(method.label() + ": error at equal epochs", byEpoch)),
                "byUpdate",
                    ChartFiles.write(
                        directory,
                        method.slug() + "-errors-by-update",
                        new LineChart(
                            method.label() + ": test error at equal updates",
                            Axis.logarithmic("updates"),
                            Axis.linear("test error (%)"),
                            byUpdates)),
                "changed",
                    ChartFiles.write(
                        directory,
                        method.slug() + "-changed-since-start",
                        Curves.weights(
                            method.label() + ": weights whose sign is not the start's",
                            "convolution weights",
                            changed)),
                "changedInFive",
                    ChartFiles.write(
                        directory,
                        method.slug() + "-changed-in-five-epochs",
                        Curves.weights(
                            method.label() + ": weights whose sign changed in five epochs",
                            "convolution weights",
                            changedInFive))));
      }
    }
    return figures;
  }

  private static double changedSinceStart(EpochCompleted epoch) {
    return Curves.changedSinceStart(epoch, ParameterRole.CONVOLUTION_WEIGHT);
  }

  private static double changedInFiveEpochs(EpochCompleted epoch) {
    return Curves.changedInFiveEpochs(epoch, ParameterRole.CONVOLUTION_WEIGHT);
  }

  private static List<Claim> claims(Results results, long updates) {
    Results smallStochastic = of(results, Method.STOCHASTIC_ROUNDING, 128);
    Results largeStochastic = of(results, Method.STOCHASTIC_ROUNDING, 1024);
    Results smallLatent = of(results, Method.BINARY_CONNECT, 128);
    Results largeLatent = of(results, Method.BINARY_CONNECT, 1024);
    return List.of(
        WelchTest.below(
            "Large batches help stochastic rounding, at equal epochs: 1024 is below 128 (as we"
                + " recall the paper's figure, after 160 epochs).",
            largeStochastic.lastErrors(),
            smallStochastic.lastErrors()),
        WelchTest.below(
            "Large batches help stochastic rounding, at equal updates: 1024 is below 128.",
            atUpdates(largeStochastic, updates),
            atUpdates(smallStochastic, updates)),
        WelchTest.below(
            "Small batches help BinaryConnect, at equal epochs: 128 is below 1024 (as we recall"
                + " the paper's figure).",
            smallLatent.lastErrors(),
            largeLatent.lastErrors()),
        WelchTest.below(
            "Small batches help BinaryConnect, at equal updates: 128 is below 1024.",
            atUpdates(smallLatent, updates),
            atUpdates(largeLatent, updates)));
  }
}
