package org.roundel.cli.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.roundel.report.chart.Axis;
import org.roundel.report.chart.Curve;
import org.roundel.report.chart.Line;
import org.roundel.report.chart.LineChart;
import org.roundel.report.chart.Palette;

/** The runs' curves, epoch by epoch; a run has one color in all of them. */
public final class ComparisonCharts {
  /** As wide as a figure is, about. */
  public static final int MOST_POINTS = 600;

  private static final String EPOCH = "Epoch";

  private ComparisonCharts() {}

  /** Returns errors in percent. */
  public static LineChart errors(List<NamedRun> runs) {
    List<Curve> curves = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      NamedRun run = runs.get(i);
      String images = run.images().toString();
      curves.add(curve(run, i, images, Line.SOLID, epoch -> 100 * epoch.testError()));
      curves.add(curve(run, i, "training", Line.DASHED, epoch -> 100 * epoch.trainError()));
      if (run.hasLatentError()) {
        curves.add(
            curve(
                run, i, images + ", latent", Line.DOTTED, epoch -> 100 * epoch.latentTestError()));
      }
    }
    return new LineChart("Error by epoch", Axis.linear(EPOCH), Axis.linear("Error (%)"), curves);
  }

  /** Returns the losses that are finite. */
  public static LineChart losses(List<NamedRun> runs) {
    List<Curve> curves = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      NamedRun run = runs.get(i);
      curves.add(curve(run, i, run.images().toString(), Line.SOLID, RunEpoch::testLoss));
      curves.add(curve(runs.get(i), i, "training", Line.DASHED, RunEpoch::trainLoss));
    }
    return new LineChart("Loss by epoch", Axis.linear(EPOCH), Axis.linear("Loss"), curves);
  }

  /** Returns the learning rates of the epochs' last updates. */
  public static LineChart rates(List<NamedRun> runs) {
    List<Curve> curves = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      curves.add(curve(runs.get(i), i, "", Line.SOLID, RunEpoch::learningRate));
    }
    return new LineChart(
        "Learning rate by epoch",
        Axis.linear(EPOCH),
        Axis.linear("Rate of the last update").from(0),
        curves);
  }

  /** Returns a chart for each kind of weights by its name, without curves if no run has such. */
  public static Map<String, LineChart> flips(List<NamedRun> runs) {
    Map<String, LineChart> charts = new LinkedHashMap<>();
    charts.put("convolution", flips(runs, "convolution", RunEpoch::convolutionFlips));
    charts.put("linear", flips(runs, "linear", RunEpoch::linearFlips));
    return charts;
  }

  private static LineChart flips(
      List<NamedRun> runs, String name, ToDoubleFunction<RunEpoch> share) {
    List<Curve> curves = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      NamedRun run = runs.get(i);
      if (run.epochs().stream().anyMatch(epoch -> !Double.isNaN(share.applyAsDouble(epoch)))) {
        curves.add(curve(run, i, "", Line.SOLID, epoch -> 100 * share.applyAsDouble(epoch)));
      }
    }
    return new LineChart(
        "Flips of " + name + " weights",
        Axis.linear(EPOCH),
        Axis.linear("Changed since the start (%)").from(0),
        curves);
  }

  /** Returns how fast runs train. */
  public static LineChart throughput(List<NamedRun> runs) {
    List<Curve> curves = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      curves.add(curve(runs.get(i), i, "", Line.SOLID, RunEpoch::imagesPerSecond));
    }
    return new LineChart(
        "Throughput by epoch",
        Axis.linear(EPOCH),
        Axis.linear("Training images per second").from(0),
        curves);
  }

  private static Curve curve(
      NamedRun run, int index, String what, Line line, ToDoubleFunction<RunEpoch> value) {
    List<RunEpoch> epochs = drawn(run);
    double[] x = epochs.stream().mapToDouble(RunEpoch::epoch).toArray();
    double[] y = epochs.stream().mapToDouble(value).toArray();
    String name = what;
    if (what.isEmpty()) {
      name = run.name();
    } else if (!run.name().isEmpty()) {
      name = run.name() + ", " + what;
    }
    return Curve.of(name, x, y, line, Palette.of(index));
  }

  /** Returns every n-th epoch of a long run, and the last: a figure has only so many pixels. */
  static List<RunEpoch> drawn(NamedRun run) {
    List<RunEpoch> epochs = run.epochs();
    int stride = (epochs.size() + MOST_POINTS - 1) / MOST_POINTS;
    List<RunEpoch> drawn = new ArrayList<>();
    for (int i = epochs.size() - 1; i >= 0; i -= Math.max(stride, 1)) {
      drawn.add(epochs.get(i));
    }
    Collections.reverse(drawn);
    return drawn;
  }
}
