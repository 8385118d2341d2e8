package org.roundel.cli.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.roundel.api.model.ParameterRole;
import org.roundel.cli.chart.Axis;
import org.roundel.cli.chart.Curve;
import org.roundel.cli.chart.Line;
import org.roundel.cli.chart.LineChart;
import org.roundel.cli.chart.Palette;
import org.roundel.core.training.EpochCompleted;

/** The runs' curves, epoch by epoch; a run has one color in all of them. */
final class ComparisonCharts {
  private static final String EPOCH = "Epoch";

  private ComparisonCharts() {}

  static LineChart errors(List<NamedRun> runs) {
    List<Curve> curves = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      NamedRun run = runs.get(i);
      curves.add(curve(run, i, "test", Line.SOLID, epoch -> 100 * epoch.test().error()));
      curves.add(curve(run, i, "training", Line.DASHED, epoch -> 100 * epoch.train().error()));
      if (run.hasLatentError()) {
        curves.add(curve(run, i, "test, latent", Line.DOTTED, ComparisonCharts::latent));
      }
    }
    return new LineChart("Error by epoch", Axis.linear(EPOCH), Axis.linear("Error (%)"), curves);
  }

  private static double latent(EpochCompleted epoch) {
    return epoch.latentTest() == null ? Double.NaN : 100 * epoch.latentTest().error();
  }

  /** Returns the chart of one role's weights, without curves if no run has such. */
  static LineChart flips(List<NamedRun> runs, ParameterRole role, String name) {
    List<Curve> curves = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      NamedRun run = runs.get(i);
      if (run.epochs().stream().anyMatch(epoch -> !Double.isNaN(Flips.share(epoch, role)))) {
        curves.add(curve(run, i, "", Line.SOLID, epoch -> 100 * Flips.share(epoch, role)));
      }
    }
    return new LineChart(
        "Flips of " + name + " weights",
        Axis.linear(EPOCH),
        Axis.linear("Changed since the start (%)").from(0),
        curves);
  }

  static LineChart throughput(List<NamedRun> runs) {
    List<Curve> curves = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      curves.add(curve(runs.get(i), i, "", Line.SOLID, EpochCompleted::imagesPerSecond));
    }
    return new LineChart(
        "Throughput by epoch",
        Axis.linear(EPOCH),
        Axis.linear("Training images per second").from(0),
        curves);
  }

  private static Curve curve(
      NamedRun run, int index, String what, Line line, ToDoubleFunction<EpochCompleted> value) {
    List<EpochCompleted> epochs = run.epochs();
    double[] x = epochs.stream().mapToDouble(EpochCompleted::epoch).toArray();
    double[] y = epochs.stream().mapToDouble(value).toArray();
    String name = what.isEmpty() ? run.name() : run.name() + ", " + what;
    return Curve.of(name, x, y, line, Palette.of(index));
  }
}
