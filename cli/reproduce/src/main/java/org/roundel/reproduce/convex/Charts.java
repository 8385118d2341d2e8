package org.roundel.reproduce.convex;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.roundel.report.chart.Axis;
import org.roundel.report.chart.Chart;
import org.roundel.report.chart.Curve;
import org.roundel.report.chart.Figure;
import org.roundel.report.chart.Line;
import org.roundel.report.chart.LineChart;
import org.roundel.report.chart.Palette;
import org.roundel.report.chart.drawing.ChartFiles;
import org.roundel.reproduce.convex.SweepPoint.Problem;
import org.roundel.reproduce.convex.SweepPoint.Rule;
import org.roundel.reproduce.theory.convex.DescentMethod;

/** The figures of the convex experiment. Bands go from the smallest to the largest seed. */
final class Charts {

  /** What most figures show. */
  static final String ERROR = "F(average) − F*";

  private static final int MOST_DELTAS = 3;

  private final Outcome outcome;
  private final FloorCharts floors;

  Charts(Outcome outcome) {
    this.outcome = outcome;
    floors = new FloorCharts(outcome);
  }

  /** Writes all figures and returns them by their names. */
  Map<String, Figure> write(Path directory) {
    Map<String, Chart> charts = new LinkedHashMap<>();
    charts.put(
        "rounding-quadratic", rounding(Problem.QUADRATIC, "SR on a quadratic, steps 1/(μ(t+1))"));
    charts.put(
        "connect-quadratic", connect(Problem.QUADRATIC, "BC on a quadratic, steps 1/(μ(t+1))"));
    charts.put("floor-delta", floors.floorByDelta());
    charts.put("floor-dimension", floors.floorByDimension());
    charts.put("floor-noise", floors.floorByNoise());
    charts.put("buffer-and-quantized", floors.buffer());
    charts.put("convex-steps-quadratic", convexSteps(Problem.QUADRATIC, "A quadratic, steps c/√t"));
    charts.put(
        "rounding-images", rounding(Problem.LOGISTIC, "SR on the regression, steps 1/(μ(t+1))"));
    charts.put(
        "connect-images", connect(Problem.LOGISTIC, "BC on the regression, steps 1/(μ(t+1))"));
    charts.put("convex-steps-images", convexSteps(Problem.LOGISTIC, "The regression, steps c/√t"));
    charts.put("floor-delta-images", floors.floorByDeltaOnImages());
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
      SweepPoint point =
          outcome.base(problem, Rule.STRONGLY_CONVEX, DescentMethod.STOCHASTIC_ROUNDING, delta);
      Result result = outcome.result(point);
      curves.add(average("Δ = " + delta, point, Line.SOLID, Palette.of(color)));
      curves.add(
          Curve.of(
              "Theorem 1, Δ = " + delta,
              result.steps(),
              outcome.bound(point).at(result.steps()),
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
      SweepPoint stochastic =
          outcome.base(
              problem, Rule.STRONGLY_CONVEX, DescentMethod.BINARY_CONNECT_STOCHASTIC, delta);
      SweepPoint nearest =
          outcome.base(problem, Rule.STRONGLY_CONVEX, DescentMethod.BINARY_CONNECT_NEAREST, delta);
      Curve curve = average("Q_s, Δ = " + delta, stochastic, Line.SOLID, Palette.of(color));
      // One band says how much seeds differ; the others would lie upon it.
      curves.add(color == 0 ? curve : withoutBand(curve));
      curves.add(average("Q_d, Δ = " + delta, nearest, Line.DASHED, Palette.of(color)));
      if (color == 0 || problem == Problem.LOGISTIC) {
        Bound bound = outcome.bound(stochastic);
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
      SweepPoint point = outcome.base(problem, Rule.CONVEX, methods[i], delta);
      Result result = outcome.result(point);
      Bound bound = outcome.bound(point);
      curves.add(average(names[i], point, Line.SOLID, colors[i]));
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

  private Curve fullPrecision(Problem problem, Rule rule) {
    double delta = outcome.settings().deltas().get(0);
    return average(
        "full precision",
        outcome.base(problem, rule, DescentMethod.FULL_PRECISION, delta),
        Line.SOLID,
        Palette.ADAM);
  }

  private Curve average(String name, SweepPoint point, Line line, int color) {
    Result result = outcome.result(point);
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
