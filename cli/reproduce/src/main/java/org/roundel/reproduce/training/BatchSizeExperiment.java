package org.roundel.reproduce.training;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.roundel.api.model.ParameterRole;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.record.RunRecord;
import org.roundel.report.Report;
import org.roundel.report.chart.Axis;
import org.roundel.report.chart.Curve;
import org.roundel.report.chart.Line;
import org.roundel.report.chart.LineChart;
import org.roundel.report.chart.Palette;
import org.roundel.report.chart.drawing.ChartFiles;
import org.roundel.report.terminal.Table;
import org.roundel.reproduce.experiment.Claim;
import org.roundel.reproduce.experiment.Order;
import org.roundel.reproduce.experiment.Percent;
import org.roundel.reproduce.experiment.Sample;

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
    report.paragraph(
        "Stochastic rounding (SR) and BinaryConnect (BC), "
            + task.label()
            + ", with batches of "
            + ASCENDING
            + ". With equal epochs all have seen the same images as often, but a batch of 1024 has"
            + " made an eighth of the updates of a batch of 128. With equal updates all have moved"
            + " their weights as often, but the large batch has seen more images. Both are shown.");
    long updates = commonUpdates(results);
    Table table =
        new Table("method", "batch", "equal epochs", "updates", "equal updates", "updates");
    List<List<String>> rows = new ArrayList<>();
    for (Method method : METHODS) {
      for (int size : ASCENDING) {
        Results of = of(results, method, size);
        if (of.isEmpty()) {
          continue;
        }
        RunRecord first = of.records().values().iterator().next();
        List<String> row =
            List.of(
                method.label(),
                Integer.toString(size),
                Percent.of(new Sample(of.lastErrors())),
                Long.toString(first.epochs().get(first.epochs().size() - 1).step()),
                Percent.of(new Sample(atUpdates(of, updates))),
                Long.toString(nearest(first, updates).step()));
        rows.add(row);
        table.add(row.toArray(String[]::new));
      }
    }
    out.println();
    out.println(task.label() + ": test error in percent, mean ± sd over seeds");
    table.lines().forEach(line -> out.println("  " + line));
    report.heading("Test error");
    report.paragraph(
        String.format(
            Locale.ROOT,
            "In percent, mean ± standard deviation over seeds. 'Equal updates' compares after %,d"
                + " updates: what the largest batch has made before the learning rate first falls;"
                + " of the others the end of the epoch that is nearest to it.",
            updates));
    report.table(
        List.of("method", "batch", "equal epochs", "updates", "equal updates", "updates"), rows);
    figures(results, directory, report);
    judge(results, updates, report, out);
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

  private static double[] atUpdates(Results results, long updates) {
    return results.each(record -> Curves.testError(nearest(record, updates)));
  }

  private static void figures(Results results, Path directory, Report report) {
    for (Method method : METHODS) {
      List<Curve> byUpdates = new ArrayList<>();
      List<Curve> byEpoch = new ArrayList<>();
      List<Curve> changed = new ArrayList<>();
      List<Curve> changedInFive = new ArrayList<>();
      for (int index = 0; index < ASCENDING.size(); index++) {
        int size = ASCENDING.get(index);
        int color = COLORS.get(index);
        Results of = of(results, method, size);
        if (of.isEmpty()) {
          continue;
        }
        String name = "batch " + size;
        Results.Course course = of.course(Curves::testError);
        byUpdates.add(
            Curve.of(name, course.updates(), course.mean(), Line.SOLID, color)
                .withBand(course.low(), course.high()));
        Curves.addErrors(byEpoch, name, color, of);
        changed.add(
            Curves.byEpoch(
                name,
                color,
                Line.SOLID,
                of,
                epoch -> Curves.changedSinceStart(epoch, ParameterRole.CONVOLUTION_WEIGHT)));
        changedInFive.add(
            Curves.byEpoch(
                name,
                color,
                Line.SOLID,
                of,
                epoch -> Curves.changedInFiveEpochs(epoch, ParameterRole.CONVOLUTION_WEIGHT)));
      }
      if (byEpoch.isEmpty()) {
        continue;
      }
      String slug = method.slug();
      report.heading(method.label());
      report.figure(
          ChartFiles.write(
              directory,
              slug + "-errors-by-epoch",
              new LineChart(
                  method.label() + ": error at equal epochs",
                  Axis.linear("epoch"),
                  Axis.linear("error (%)"),
                  byEpoch)),
          "Equal epochs: mean over seeds, the band from the best seed to the worst.");
      report.figure(
          ChartFiles.write(
              directory,
              slug + "-errors-by-update",
              new LineChart(
                  method.label() + ": test error at equal updates",
                  Axis.logarithmic("updates"),
                  Axis.linear("test error (%)"),
                  byUpdates)),
          "Equal updates: the same runs over the number of updates. Each run's rate falls at the"
              + " same shares of its own length.");
      report.figure(
          ChartFiles.write(
              directory,
              slug + "-changed-since-start",
              new LineChart(
                  method.label() + ": weights whose sign is not the start's",
                  Axis.linear("epoch"),
                  Axis.linear("convolution weights (%)").from(0),
                  changed)),
          "Share of all convolution weights whose sign differs from the start of training.");
      report.figure(
          ChartFiles.write(
              directory,
              slug + "-changed-in-five-epochs",
              new LineChart(
                  method.label() + ": weights whose sign changed in five epochs",
                  Axis.linear("epoch"),
                  Axis.linear("convolution weights (%)").from(0),
                  changedInFive)),
          "Share of all convolution weights whose sign differs from five epochs before.");
    }
  }

  private static void judge(Results results, long updates, Report report, PrintStream out) {
    Results smallStochastic = of(results, Method.STOCHASTIC_ROUNDING, 128);
    Results largeStochastic = of(results, Method.STOCHASTIC_ROUNDING, 1024);
    Results smallLatent = of(results, Method.BINARY_CONNECT, 128);
    Results largeLatent = of(results, Method.BINARY_CONNECT, 1024);
    List<Claim> claims =
        List.of(
            Claim.of(
                "Large batches help stochastic rounding, at equal epochs: 1024 is below 128 (as we"
                    + " recall the paper's figure, after 160 epochs).",
                Order.of(
                    new Sample(largeStochastic.lastErrors()),
                    new Sample(smallStochastic.lastErrors()))),
            Claim.of(
                "Large batches help stochastic rounding, at equal updates: 1024 is below 128.",
                Order.of(
                    new Sample(atUpdates(largeStochastic, updates)),
                    new Sample(atUpdates(smallStochastic, updates)))),
            Claim.of(
                "Small batches help BinaryConnect, at equal epochs: 128 is below 1024 (as we recall"
                    + " the paper's figure).",
                Order.of(
                    new Sample(smallLatent.lastErrors()), new Sample(largeLatent.lastErrors()))),
            Claim.of(
                "Small batches help BinaryConnect, at equal updates: 128 is below 1024.",
                Order.of(
                    new Sample(atUpdates(smallLatent, updates)),
                    new Sample(atUpdates(largeLatent, updates)))));
    report.heading("Claims");
    Claim.tell(claims, report, out);
  }
}
