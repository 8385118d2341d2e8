package org.roundel.reproduce.convex;

import static org.roundel.reproduce.convex.Charts.ERROR;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.roundel.report.chart.Axis;
import org.roundel.report.chart.Chart;
import org.roundel.report.chart.Curve;
import org.roundel.report.chart.Line;
import org.roundel.report.chart.LineChart;
import org.roundel.report.chart.Palette;
import org.roundel.reproduce.convex.SweepPoint.Problem;
import org.roundel.reproduce.convex.SweepPoint.Rule;
import org.roundel.reproduce.theory.convex.DescentMethod;

/** The convex experiment's figures of errors at the end, against Δ, d and σ. */
final class FloorCharts {
  private final Outcome outcome;

  FloorCharts(Outcome outcome) {
    this.outcome = outcome;
  }

  Chart floorByDelta() {
    List<SweepPoint> points = byDelta(Problem.QUADRATIC, DescentMethod.STOCHASTIC_ROUNDING);
    List<Curve> curves = floors(points, SweepPoint::delta);
    List<SweepPoint> connect = byDelta(Problem.QUADRATIC, DescentMethod.BINARY_CONNECT_STOCHASTIC);
    curves.add(measured("BC with Q_s", connect, SweepPoint::delta, Palette.BINARY_CONNECT));
    List<SweepPoint> nearest = byDelta(Problem.QUADRATIC, DescentMethod.BINARY_CONNECT_NEAREST);
    curves.add(measured("BC with Q_d", nearest, SweepPoint::delta, Palette.DETERMINISTIC_ROUNDING));
    return new LineChart(
        "Error at the end by Δ, quadratics",
        Axis.logarithmic("Δ, spacing of the grid"),
        Axis.logarithmic(ERROR),
        curves);
  }

  Chart floorByDimension() {
    ConvexSettings settings = outcome.settings();
    double delta = middleDelta();
    List<SweepPoint> points =
        settings.dimensions().stream()
            .map(dimension -> outcome.floor(delta, dimension, settings.baseNoise()))
            .toList();
    return new LineChart(
        "SR's error at the end by dimension, Δ = " + delta,
        Axis.logarithmic("d, number of weights"),
        Axis.logarithmic(ERROR),
        floors(points, SweepPoint::dimension));
  }

  Chart floorByNoise() {
    ConvexSettings settings = outcome.settings();
    double delta = middleDelta();
    List<SweepPoint> points =
        settings.noises().stream()
            .map(noise -> outcome.floor(delta, settings.baseDimension(), noise))
            .toList();
    return new LineChart(
        "SR's error at the end by noise, Δ = " + delta,
        Axis.logarithmic("σ, length of the gradient noise"),
        Axis.logarithmic(ERROR),
        floors(points, SweepPoint::noise));
  }

  private double middleDelta() {
    List<Double> all = outcome.settings().deltas();
    return all.get(all.size() / 2);
  }

  Chart floorByDeltaOnImages() {
    List<SweepPoint> rounding = byDelta(Problem.LOGISTIC, DescentMethod.STOCHASTIC_ROUNDING);
    List<SweepPoint> connect = byDelta(Problem.LOGISTIC, DescentMethod.BINARY_CONNECT_STOCHASTIC);
    List<SweepPoint> nearest = byDelta(Problem.LOGISTIC, DescentMethod.BINARY_CONNECT_NEAREST);
    List<Curve> curves = new ArrayList<>();
    curves.add(measured("SR", rounding, SweepPoint::delta, Palette.STOCHASTIC_ROUNDING));
    curves.add(measured("BC with Q_s", connect, SweepPoint::delta, Palette.BINARY_CONNECT));
    curves.add(measured("BC with Q_d", nearest, SweepPoint::delta, Palette.DETERMINISTIC_ROUNDING));
    curves.add(
        line(
            "Theorem 1's floor",
            rounding,
            SweepPoint::delta,
            point -> outcome.bound(point).floor(),
            Line.DASHED,
            Palette.STOCHASTIC_ROUNDING));
    curves.add(
        line(
            "Theorem 4's floor",
            connect,
            SweepPoint::delta,
            point -> outcome.bound(point).floor(),
            Line.DASHED,
            Palette.BINARY_CONNECT));
    return new LineChart(
        "Error at the end by Δ, regression",
        Axis.logarithmic("Δ, spacing of the grid"),
        Axis.logarithmic(ERROR),
        curves);
  }

  /** What BC's buffer reaches, and what its quantized weights do. */
  Chart buffer() {
    List<SweepPoint> points = byDelta(Problem.QUADRATIC, DescentMethod.BINARY_CONNECT_STOCHASTIC);
    List<Curve> curves = new ArrayList<>();
    curves.add(series("F(Q_s(w_r))", points, Result::quantized, Palette.BIG_STOCHASTIC_ROUNDING));
    curves.add(
        line(
            "F(Q_d(average of w_r))",
            points,
            SweepPoint::delta,
            point -> outcome.result(point).averageRounded().last(),
            Line.SOLID,
            Palette.DETERMINISTIC_ROUNDING));
    curves.add(series("F(average of w_r)", points, Result::average, Palette.SKY));
    curves.add(series("F(w_r)", points, Result::iterate, Palette.BINARY_CONNECT));
    return new LineChart(
        "BC with Q_s: buffer and quantized weights, quadratics",
        Axis.logarithmic("Δ, spacing of the grid"),
        Axis.logarithmic("F − F* at the end"),
        curves);
  }

  private Curve series(
      String name, List<SweepPoint> points, Function<Result, Series> part, int color) {
    int size = points.size();
    double[] x = new double[size];
    double[] mean = new double[size];
    double[] low = new double[size];
    double[] high = new double[size];
    for (int i = 0; i < size; i++) {
      Series series = part.apply(outcome.result(points.get(i)));
      int last = series.mean().length - 1;
      x[i] = points.get(i).delta();
      mean[i] = series.mean()[last];
      low[i] = series.low()[last];
      high[i] = series.high()[last];
    }
    return Curve.of(name, x, mean, Line.SOLID, color).withBand(low, high);
  }

  private List<SweepPoint> byDelta(Problem problem, DescentMethod method) {
    return outcome.settings().deltas().stream()
        .map(delta -> outcome.base(problem, Rule.STRONGLY_CONVEX, method, delta))
        .toList();
  }

  /** Returns SR's measured floor, the bound's, the derived one and its lower bound. */
  private List<Curve> floors(List<SweepPoint> points, ToDoubleFunction<SweepPoint> x) {
    List<Curve> curves = new ArrayList<>();
    curves.add(measured("SR", points, x, Palette.STOCHASTIC_ROUNDING));
    curves.add(
        line(
            "Theorem 1's floor",
            points,
            x,
            point -> outcome.bound(point).floor(),
            Line.DASHED,
            Palette.STOCHASTIC_ROUNDING));
    curves.add(line("Derived floor", points, x, outcome::asymptote, Line.POINTS, Palette.PURPLE));
    curves.add(
        line(
            "Derived lower bound", points, x, outcome::lowerBound, Line.DOTTED, Palette.REFERENCE));
    return curves;
  }

  private Curve measured(
      String name, List<SweepPoint> points, ToDoubleFunction<SweepPoint> x, int color) {
    double[] low = new double[points.size()];
    double[] high = new double[points.size()];
    for (int i = 0; i < low.length; i++) {
      Series average = outcome.result(points.get(i)).average();
      low[i] = average.low()[average.low().length - 1];
      high[i] = average.high()[average.high().length - 1];
    }
    return line(name, points, x, point -> outcome.result(point).average().last(), Line.SOLID, color)
        .withBand(low, high);
  }

  private static Curve line(
      String name,
      List<SweepPoint> points,
      ToDoubleFunction<SweepPoint> x,
      ToDoubleFunction<SweepPoint> y,
      Line line,
      int color) {
    return Curve.of(
        name,
        points.stream().mapToDouble(x).toArray(),
        points.stream().mapToDouble(y).toArray(),
        line,
        color);
  }
}
