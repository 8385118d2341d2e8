package org.roundel.reproduce.momentum;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.roundel.report.chart.Axis;
import org.roundel.report.chart.Curve;
import org.roundel.report.chart.Line;
import org.roundel.report.chart.LineChart;
import org.roundel.report.chart.Palette;
import org.roundel.reproduce.experiment.Numbers;
import org.roundel.reproduce.theory.momentum.LazyLaw;
import org.roundel.reproduce.theory.momentum.MomentumFloor;
import org.roundel.reproduce.theory.momentum.MomentumSettings;
import org.roundel.reproduce.theory.momentum.NoisyQuadratic;
import org.roundel.reproduce.theory.momentum.UpdateRule;

/** The charts of {@link MomentumExperiment}. */
final class Charts {
  /** Points of a curve that a formula gives. */
  private static final int FORMULA_POINTS = 60;

  private static final String FLOOR = "Mean of (w − w*)²";

  private final Results results;

  Charts(Results results) {
    this.results = results;
  }

  /** Returns the floor by momentum: exact, by the closed form, and of the equivalent batch. */
  LineChart momentum() {
    List<Double> momenta = results.plan().momenta();
    MomentumSettings last =
        results.plan().settings(results.plan().smallestRate(), momenta.get(momenta.size() - 1));
    double[] factors = spaced(1, last.batchFactor());
    List<Curve> curves = new ArrayList<>();
    double[] batch = new double[factors.length];
    for (int index = 0; index < factors.length; index++) {
      NoisyQuadratic problem = results.plan().problem().ofBatch(factors[index]);
      batch[index] = LazyLaw.of(problem, UpdateRule.GRADIENT).meanSquare();
    }
    curves.add(Curve.of("as a batch", factors, batch, Line.DASHED, Palette.REFERENCE));
    for (int index = 0; index < results.plan().rates().size(); index++) {
      double rate = results.plan().rates().get(index);
      List<Point> points = results.at(rate);
      double[] floors = new double[factors.length];
      for (int place = 0; place < factors.length; place++) {
        double momentum = (factors[place] - 1) / (factors[place] + 1);
        floors[place] =
            MomentumFloor.ofNormalVelocity(results.plan().settings(rate, momentum)).meanSquare();
      }
      String name = Numbers.plain(rate);
      curves.add(Curve.of(name + ", formula", factors, floors, Line.DOTTED, Palette.of(index)));
      curves.add(
          Curve.of(
              name + ", exact",
              points.stream().mapToDouble(point -> point.settings().batchFactor()).toArray(),
              points.stream().mapToDouble(point -> point.exact().meanSquare()).toArray(),
              Line.POINTS,
              Palette.of(index)));
    }
    return new LineChart(
        "The floor by momentum",
        Axis.logarithmic("(1 + β)/(1 − β)"),
        Axis.logarithmic(FLOOR),
        curves);
  }

  /** Returns numbers that are apart by equal ratios. */
  private static double[] spaced(double from, double to) {
    double[] numbers = new double[FORMULA_POINTS];
    for (int index = 0; index < FORMULA_POINTS; index++) {
      numbers[index] = from * StrictMath.pow(to / from, (double) index / (FORMULA_POINTS - 1));
    }
    return numbers;
  }

  /** Returns the floor by batch, where updates are gradients and where they are signs. */
  LineChart batches() {
    List<BatchPoint> finite =
        results.batches().stream().filter(point -> Double.isFinite(point.batch())).toList();
    double[] sizes = finite.stream().mapToDouble(BatchPoint::batch).toArray();
    double first = finite.get(0).gradient().meanSquare();
    double[] roots = new double[sizes.length];
    for (int index = 0; index < sizes.length; index++) {
      roots[index] = first / Math.sqrt(sizes[index] / sizes[0]);
    }
    return new LineChart(
        "The floor by batch",
        Axis.logarithmic("Batch"),
        Axis.logarithmic(FLOOR),
        List.of(
            Curve.of("like 1/√batch", sizes, roots, Line.DASHED, Palette.REFERENCE),
            ofBatch(
                "without noise",
                finite,
                sizes,
                point -> results.batches().get(finite.size()).gradient().meanSquare(),
                Palette.ADAM),
            ofBatch("signs", finite, sizes, point -> point.sign().meanSquare(), Palette.PURPLE),
            ofBatch(
                "gradients",
                finite,
                sizes,
                point -> point.gradient().meanSquare(),
                Palette.STOCHASTIC_ROUNDING)));
  }

  private static Curve ofBatch(
      String name,
      List<BatchPoint> points,
      double[] sizes,
      ToDoubleFunction<BatchPoint> value,
      int color) {
    Line line = color == Palette.ADAM ? Line.DOTTED : Line.SOLID;
    return Curve.of(name, sizes, points.stream().mapToDouble(value).toArray(), line, color);
  }

  /** Returns how far momentum is from the batch that it acts as, by how far it outlives moves. */
  LineChart overshoot() {
    List<Curve> curves = new ArrayList<>();
    List<Point> all =
        results.points().stream()
            .filter(point -> point.exact().overshoot() > 0)
            .sorted(Comparator.comparingDouble(point -> point.exact().overshoot()))
            .toList();
    double least = all.get(0).exact().overshoot();
    double[] shares = spaced(least, all.get(all.size() - 1).exact().overshoot());
    double[] sums = new double[shares.length];
    for (int index = 0; index < sums.length; index++) {
      sums[index] = 1 + shares[index];
    }
    curves.add(Curve.of("1 + ρ", shares, sums, Line.DASHED, Palette.REFERENCE));
    for (int index = 0; index < results.plan().rates().size(); index++) {
      double rate = results.plan().rates().get(index);
      List<Point> own = all.stream().filter(point -> point.settings().rate() == rate).toList();
      curves.add(
          Curve.of(
              "rate " + Numbers.plain(rate),
              own.stream().mapToDouble(point -> point.exact().overshoot()).toArray(),
              own.stream().mapToDouble(Point::excess).toArray(),
              Line.POINTS,
              Palette.of(index)));
    }
    return new LineChart(
        "Where momentum outlives the moves",
        Axis.logarithmic("ρ"),
        Axis.logarithmic("Floor over that of the batch"),
        curves);
  }
}
