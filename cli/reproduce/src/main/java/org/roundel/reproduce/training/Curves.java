package org.roundel.reproduce.training;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.roundel.api.model.ParameterRole;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.LayerStatistics;
import org.roundel.report.chart.Axis;
import org.roundel.report.chart.Curve;
import org.roundel.report.chart.Line;
import org.roundel.report.chart.LineChart;

/** Curves of trainings over their epochs: the mean over the seeds, with the range as a band. */
final class Curves {
  private Curves() {}

  /** Adds the error curves of some trainings: training dashed, test solid with its range. */
  static void addErrors(List<Curve> curves, String name, int color, Results results) {
    if (results.isEmpty()) {
      return;
    }
    curves.add(byEpoch(name + ", test", color, Line.SOLID, results, Curves::testError));
    Results.Course train = results.course(Curves::trainError);
    curves.add(Curve.of(name + ", training", train.epochs(), train.mean(), Line.DASHED, color));
  }

  /** Returns one figure by epoch. */
  static Curve byEpoch(
      String name, int color, Line line, Results results, ToDoubleFunction<EpochCompleted> figure) {
    Results.Course course = results.course(figure);
    Curve curve = Curve.of(name, course.epochs(), course.mean(), line, color);
    return results.records().size() < 2 ? curve : curve.withBand(course.low(), course.high());
  }

  /** Returns a chart of errors. */
  static LineChart errors(String title, List<Curve> curves) {
    return new LineChart(title, Axis.linear("epoch"), Axis.linear("error (%)"), curves);
  }

  /** Returns a chart of shares of weights. */
  static LineChart weights(String title, String what, List<Curve> curves) {
    return new LineChart(title, Axis.linear("epoch"), Axis.linear(what + " (%)").from(0), curves);
  }

  static double testError(EpochCompleted epoch) {
    return 100 * epoch.test().error();
  }

  static double trainError(EpochCompleted epoch) {
    return 100 * epoch.train().error();
  }

  /** Returns the share of all weights of a role whose sign is not the start's, in percent. */
  static double changedSinceStart(EpochCompleted epoch, ParameterRole role) {
    return mean(epoch, role, layer -> 100 * layer.changedSinceStart());
  }

  /** Returns the same against five epochs before; NaN before the fifth epoch's end. */
  static double changedInFiveEpochs(EpochCompleted epoch, ParameterRole role) {
    return mean(
        epoch,
        role,
        layer -> {
          Double changed = layer.changedInFiveEpochs();
          return changed == null ? Double.NaN : 100 * changed;
        });
  }

  /** Returns mean|w_b − w_r| over all quantized weights. */
  static double latentGap(EpochCompleted epoch) {
    return mean(epoch, ParameterRole.CONVOLUTION_WEIGHT, LayerStatistics::latentGap);
  }

  /** Returns the mean over all weights of a role; NaN if there are none. */
  private static double mean(
      EpochCompleted epoch, ParameterRole role, ToDoubleFunction<LayerStatistics> figure) {
    double sum = 0;
    long weights = 0;
    for (LayerStatistics layer : epoch.layers()) {
      if (layer.role() == role) {
        sum += layer.weights() * figure.applyAsDouble(layer);
        weights += layer.weights();
      }
    }
    return weights == 0 ? Double.NaN : sum / weights;
  }
}
