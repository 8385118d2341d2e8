package org.roundel.cli.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.roundel.cli.chart.Axis;
import org.roundel.cli.chart.Chart;
import org.roundel.cli.chart.ChartFiles;
import org.roundel.cli.chart.Curve;
import org.roundel.cli.chart.Figure;
import org.roundel.cli.chart.Line;
import org.roundel.cli.chart.LineChart;
import org.roundel.cli.chart.Palette;
import org.roundel.cli.reproduce.ConvexCell.Problem;
import org.roundel.cli.reproduce.ConvexCell.Rule;
import org.roundel.theory.convex.DescentMethod;

/** The figures of the convex experiment. Bands go from the smallest to the largest seed. */
final class ConvexCharts {
  static final String ROUNDING = "rounding-quadratic";
  static final String CONNECT = "connect-quadratic";
  static final String FLOOR_DELTA = "floor-delta";
  static final String FLOOR_DIMENSION = "floor-dimension";
  static final String FLOOR_NOISE = "floor-noise";
  static final String BUFFER = "buffer-and-quantized";
  static final String CONVEX_STEPS = "convex-steps-quadratic";
  static final String ROUNDING_IMAGES = "rounding-images";
  static final String CONNECT_IMAGES = "connect-images";
  static final String CONVEX_STEPS_IMAGES = "convex-steps-images";
  static final String FLOOR_DELTA_IMAGES = "floor-delta-images";

  private static final String ERROR = "F(average) − F*";
  private static final int MOST_DELTAS = 3;

  private final ConvexOutcome outcome;

  ConvexCharts(ConvexOutcome outcome) {
    this.outcome = outcome;
  }

  /** Writes all figures and returns them by their names. */
  Map<String, Figure> write(Path directory) {
    Map<String, Chart> charts = new LinkedHashMap<>();
    charts.put(ROUNDING, rounding(Problem.QUADRATIC, "SR on a quadratic, steps 1/(μ(t+1))"));
    charts.put(CONNECT, connect(Problem.QUADRATIC, "BC on a quadratic, steps 1/(μ(t+1))"));
    charts.put(FLOOR_DELTA, floorByDelta());
    charts.put(FLOOR_DIMENSION, floorByDimension());
    charts.put(FLOOR_NOISE, floorByNoise());
    charts.put(BUFFER, buffer());
    charts.put(CONVEX_STEPS, convexSteps(Problem.QUADRATIC, "A quadratic, steps c/√t"));
    charts.put(
        ROUNDING_IMAGES, rounding(Problem.LOGISTIC, "SR on the regression, steps 1/(μ(t+1))"));
    charts.put(CONNECT_IMAGES, connect(Problem.LOGISTIC, "BC on the regression, steps 1/(μ(t+1))"));
    charts.put(CONVEX_STEPS_IMAGES, convexSteps(Problem.LOGISTIC, "The regression, steps c/√t"));
    charts.put(FLOOR_DELTA_IMAGES, floorByDeltaOnImages());
    Map<String, Figure> figures = new LinkedHashMap<>();
    charts.forEach((name, chart) -> figures.put(name, ChartFiles.write(directory, name, chart)));
    return figures;
  }

  /** Returns at most three of the Δ: the coarsest, the finest and the one between. */
  private List<Double> someDeltas() {
    List<Double> all = outcome.settings().deltas();
    if (all.size() <= MOST_DELTAS) {
      return all;
    }
    return List.of(all.get(0), all.get(all.size() / 2), all.get(all.size() - 1));
  }

  private Chart rounding(Problem problem, String title) {
    List<Curve> curves = new ArrayList<>();
    int color = 0;
    for (double delta : someDeltas()) {
      ConvexCell cell =
          outcome.base(problem, Rule.STRONGLY_CONVEX, DescentMethod.STOCHASTIC_ROUNDING, delta);
      ConvexResult result = outcome.result(cell);
      curves.add(average("Δ = " + delta, cell, Line.SOLID, Palette.of(color)));
      curves.add(
          Curve.of(
              "Theorem 1, Δ = " + delta,
              result.steps(),
              outcome.bound(cell).at(result.steps()),
              Line.DASHED,
              Palette.of(color)));
      color++;
    }
    curves.add(fullPrecision(problem, Rule.STRONGLY_CONVEX));
    return new LineChart(title, steps(), Axis.logarithmic(ERROR), curves);
  }

  private Chart connect(Problem problem, String title) {
    List<Curve> curves = new ArrayList<>();
    int color = 0;
    for (double delta : someDeltas()) {
      ConvexCell stochastic =
          outcome.base(
              problem, Rule.STRONGLY_CONVEX, DescentMethod.BINARY_CONNECT_STOCHASTIC, delta);
      ConvexCell nearest =
          outcome.base(problem, Rule.STRONGLY_CONVEX, DescentMethod.BINARY_CONNECT_NEAREST, delta);
      Curve curve = average("Q_s, Δ = " + delta, stochastic, Line.SOLID, Palette.of(color));
      // One band says how much seeds differ; the others would lie upon it.
      curves.add(color == 0 ? curve : withoutBand(curve));
      curves.add(average("Q_d, Δ = " + delta, nearest, Line.DASHED, Palette.of(color)));
      if (color == 0 || problem == Problem.LOGISTIC) {
        ConvexBound bound = outcome.bound(stochastic);
        double[] x = outcome.result(stochastic).steps();
        curves.add(
            Curve.of(
                bound.theorem() + ", Δ = " + delta,
                x,
                bound.at(x),
                Line.DOTTED,
                Palette.of(color)));
      }
      color++;
    }
    curves.add(withoutBand(fullPrecision(problem, Rule.STRONGLY_CONVEX)));
    return new LineChart(title, steps(), Axis.logarithmic("F(average of w_r) − F*"), curves);
  }

  private Chart convexSteps(Problem problem, String title) {
    List<Curve> curves = new ArrayList<>();
    List<Double> deltas = outcome.settings().deltas();
    double delta = deltas.get(0);
    DescentMethod[] methods = {
      DescentMethod.STOCHASTIC_ROUNDING,
      DescentMethod.BINARY_CONNECT_STOCHASTIC,
      DescentMethod.BINARY_CONNECT_NEAREST
    };
    String[] names = {"SR", "BC with Q_s", "BC with Q_d"};
    int[] colors = {
      Palette.STOCHASTIC_ROUNDING, Palette.BINARY_CONNECT, Palette.DETERMINISTIC_ROUNDING
    };
    for (int i = 0; i < methods.length; i++) {
      ConvexCell cell = outcome.base(problem, Rule.CONVEX, methods[i], delta);
      ConvexResult result = outcome.result(cell);
      ConvexBound bound = outcome.bound(cell);
      curves.add(average(names[i], cell, Line.SOLID, colors[i]));
      if (methods[i] != DescentMethod.BINARY_CONNECT_NEAREST) {
        curves.add(
            Curve.of(
                bound.theorem(), result.steps(), bound.at(result.steps()), Line.DASHED, colors[i]));
      }
      if (methods[i] == DescentMethod.STOCHASTIC_ROUNDING) {
        curves.add(
            Curve.of(
                "SR, single iterate",
                result.steps(),
                result.iterate().mean(),
                Line.DOTTED,
                Palette.PURPLE));
      }
    }
    curves.add(fullPrecision(problem, Rule.CONVEX));
    return new LineChart(title + ", Δ = " + delta, steps(), Axis.logarithmic(ERROR), curves);
  }

  private Chart floorByDelta() {
    List<ConvexCell> cells = byDelta(Problem.QUADRATIC, DescentMethod.STOCHASTIC_ROUNDING);
    List<Curve> curves = floors(cells, ConvexCell::delta);
    List<ConvexCell> connect = byDelta(Problem.QUADRATIC, DescentMethod.BINARY_CONNECT_STOCHASTIC);
    curves.add(measured("BC with Q_s", connect, ConvexCell::delta, Palette.BINARY_CONNECT));
    List<ConvexCell> nearest = byDelta(Problem.QUADRATIC, DescentMethod.BINARY_CONNECT_NEAREST);
    curves.add(measured("BC with Q_d", nearest, ConvexCell::delta, Palette.DETERMINISTIC_ROUNDING));
    return new LineChart(
        "Error at the end by Δ, quadratics",
        Axis.logarithmic("Δ, spacing of the grid"),
        Axis.logarithmic(ERROR),
        curves);
  }

  private Chart floorByDimension() {
    ConvexSettings settings = outcome.settings();
    double delta = middleDelta();
    List<ConvexCell> cells =
        settings.dimensions().stream()
            .map(dimension -> outcome.floor(delta, dimension, settings.baseNoise()))
            .toList();
    return new LineChart(
        "SR's error at the end by dimension, Δ = " + delta,
        Axis.logarithmic("d, number of weights"),
        Axis.logarithmic(ERROR),
        floors(cells, ConvexCell::dimension));
  }

  private Chart floorByNoise() {
    ConvexSettings settings = outcome.settings();
    double delta = middleDelta();
    List<ConvexCell> cells =
        settings.noises().stream()
            .map(noise -> outcome.floor(delta, settings.baseDimension(), noise))
            .toList();
    return new LineChart(
        "SR's error at the end by noise, Δ = " + delta,
        Axis.logarithmic("σ, length of the gradient noise"),
        Axis.logarithmic(ERROR),
        floors(cells, ConvexCell::noise));
  }

  private double middleDelta() {
    List<Double> all = outcome.settings().deltas();
    return all.get(all.size() / 2);
  }

  private Chart floorByDeltaOnImages() {
    List<ConvexCell> rounding = byDelta(Problem.LOGISTIC, DescentMethod.STOCHASTIC_ROUNDING);
    List<ConvexCell> connect = byDelta(Problem.LOGISTIC, DescentMethod.BINARY_CONNECT_STOCHASTIC);
    List<ConvexCell> nearest = byDelta(Problem.LOGISTIC, DescentMethod.BINARY_CONNECT_NEAREST);
    List<Curve> curves = new ArrayList<>();
    curves.add(measured("SR", rounding, ConvexCell::delta, Palette.STOCHASTIC_ROUNDING));
    curves.add(measured("BC with Q_s", connect, ConvexCell::delta, Palette.BINARY_CONNECT));
    curves.add(measured("BC with Q_d", nearest, ConvexCell::delta, Palette.DETERMINISTIC_ROUNDING));
    curves.add(
        line(
            "Theorem 1's floor",
            rounding,
            ConvexCell::delta,
            cell -> outcome.bound(cell).floor(),
            Line.DASHED,
            Palette.STOCHASTIC_ROUNDING));
    curves.add(
        line(
            "Theorem 4's floor",
            connect,
            ConvexCell::delta,
            cell -> outcome.bound(cell).floor(),
            Line.DASHED,
            Palette.BINARY_CONNECT));
    return new LineChart(
        "Error at the end by Δ, regression",
        Axis.logarithmic("Δ, spacing of the grid"),
        Axis.logarithmic(ERROR),
        curves);
  }

  /** What BC's buffer reaches, and what its quantized weights do. */
  private Chart buffer() {
    List<ConvexCell> cells = byDelta(Problem.QUADRATIC, DescentMethod.BINARY_CONNECT_STOCHASTIC);
    List<Curve> curves = new ArrayList<>();
    curves.add(
        series("F(Q_s(w_r))", cells, ConvexResult::quantized, Palette.BIG_STOCHASTIC_ROUNDING));
    curves.add(
        line(
            "F(Q_d(average of w_r))",
            cells,
            ConvexCell::delta,
            cell -> outcome.result(cell).averageRounded().last(),
            Line.SOLID,
            Palette.DETERMINISTIC_ROUNDING));
    curves.add(series("F(average of w_r)", cells, ConvexResult::average, Palette.SKY));
    curves.add(series("F(w_r)", cells, ConvexResult::iterate, Palette.BINARY_CONNECT));
    return new LineChart(
        "BC with Q_s: buffer and quantized weights, quadratics",
        Axis.logarithmic("Δ, spacing of the grid"),
        Axis.logarithmic("F − F* at the end"),
        curves);
  }

  private interface Part {
    ConvexSeries of(ConvexResult result);
  }

  private Curve series(String name, List<ConvexCell> cells, Part part, int color) {
    int size = cells.size();
    double[] x = new double[size];
    double[] mean = new double[size];
    double[] low = new double[size];
    double[] high = new double[size];
    for (int i = 0; i < size; i++) {
      ConvexSeries series = part.of(outcome.result(cells.get(i)));
      int last = series.mean().length - 1;
      x[i] = cells.get(i).delta();
      mean[i] = series.mean()[last];
      low[i] = series.low()[last];
      high[i] = series.high()[last];
    }
    return Curve.of(name, x, mean, Line.SOLID, color).withBand(low, high);
  }

  private List<ConvexCell> byDelta(Problem problem, DescentMethod method) {
    return outcome.settings().deltas().stream()
        .map(delta -> outcome.base(problem, Rule.STRONGLY_CONVEX, method, delta))
        .toList();
  }

  /** Returns SR's measured floor, the bound's, the derived one and its lower bound. */
  private List<Curve> floors(List<ConvexCell> cells, ToDoubleFunction<ConvexCell> x) {
    List<Curve> curves = new ArrayList<>();
    curves.add(measured("SR", cells, x, Palette.STOCHASTIC_ROUNDING));
    curves.add(
        line(
            "Theorem 1's floor",
            cells,
            x,
            cell -> outcome.bound(cell).floor(),
            Line.DASHED,
            Palette.STOCHASTIC_ROUNDING));
    curves.add(line("Derived floor", cells, x, outcome::asymptote, Line.POINTS, Palette.PURPLE));
    curves.add(
        line("Derived lower bound", cells, x, outcome::lowerBound, Line.DOTTED, Palette.REFERENCE));
    return curves;
  }

  private Curve measured(
      String name, List<ConvexCell> cells, ToDoubleFunction<ConvexCell> x, int color) {
    double[] low = new double[cells.size()];
    double[] high = new double[cells.size()];
    for (int i = 0; i < low.length; i++) {
      ConvexSeries average = outcome.result(cells.get(i)).average();
      low[i] = average.low()[average.low().length - 1];
      high[i] = average.high()[average.high().length - 1];
    }
    return line(name, cells, x, cell -> outcome.result(cell).average().last(), Line.SOLID, color)
        .withBand(low, high);
  }

  private static Curve line(
      String name,
      List<ConvexCell> cells,
      ToDoubleFunction<ConvexCell> x,
      ToDoubleFunction<ConvexCell> y,
      Line line,
      int color) {
    return Curve.of(
        name,
        cells.stream().mapToDouble(x).toArray(),
        cells.stream().mapToDouble(y).toArray(),
        line,
        color);
  }

  private Curve fullPrecision(Problem problem, Rule rule) {
    double delta = outcome.settings().deltas().get(0);
    return average(
        "full precision",
        outcome.base(problem, rule, DescentMethod.FULL_PRECISION, delta),
        Line.SOLID,
        Palette.ADAM);
  }

  private Curve average(String name, ConvexCell cell, Line line, int color) {
    ConvexResult result = outcome.result(cell);
    Curve curve = Curve.of(name, result.steps(), result.average().mean(), line, color);
    return line == Line.SOLID
        ? curve.withBand(result.average().low(), result.average().high())
        : curve;
  }

  private static Curve withoutBand(Curve curve) {
    return Curve.of(curve.name(), curve.x(), curve.y(), curve.line(), curve.color());
  }

  private static Axis steps() {
    return Axis.logarithmic("Steps T");
  }
}
