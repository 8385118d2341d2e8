package org.roundel.reproduce.convex;

import static org.roundel.reproduce.experiment.Numbers.threeDigits;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.report.Claim;
import org.roundel.report.Verdict;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.reproduce.theory.convex.ConvexBounds;
import org.roundel.reproduce.theory.convex.PowerLaw;

/**
 * How SR's floor grows with Δ, d and the noise: exponents by least squares on logarithms, over the
 * whole sweep, and over the two halves that the derivation tells apart by whether the grid's
 * spacing is below the noise of a coordinate, σ/√d.
 */
final class Scaling {
  private static final double[] OF_BOUND = {1, 0.5, 1};

  /** Exponents so near to each other are taken for equal. */
  private static final double NEAR = 0.1;

  private final Outcome outcome;

  Scaling(Outcome outcome) {
    this.outcome = outcome;
  }

  /** The exponents of Δ, d and a third, as text. */
  private record Fit(String name, String cells, List<String> exponents) {}

  Table<?> fits() {
    List<Fit> fits =
        List.of(
            new Fit("The bound's floor √d·Δ·G/2", "", List.of("1", "0.5", "1 (G)")),
            fit("All, third G as measured", point -> true, this::g),
            fit("All, third mean ‖∇f̃‖", point -> true, this::meanNorm),
            fit("All, third σ", point -> true, SweepPoint::noise),
            fit("Fine grid, Δ ≤ σ/√d, third σ", Scaling::isFine, SweepPoint::noise),
            new Fit("Derived for Δ ≪ σ/√d", "", List.of("1", "0.5", "1 (σ)")),
            fit("Coarse grid, Δ > σ/√d, third σ", point -> !isFine(point), SweepPoint::noise),
            new Fit("Derived for Δ ≫ σ/√d", "", List.of("2", "1", "0 (σ)")));
    return new Table<>(
        List.of(
            Column.page("Fit", Fit::name),
            Column.page("Cells", Fit::cells),
            Column.page("Exponent of Δ", fit -> fit.exponents().get(0)),
            Column.page("Exponent of d", fit -> fit.exponents().get(1)),
            Column.page("Exponent of the third", fit -> fit.exponents().get(2))),
        fits);
  }

  private Fit fit(String name, Predicate<SweepPoint> chosen, ToDoubleFunction<SweepPoint> third) {
    List<SweepPoint> points = outcome.floors().stream().filter(chosen).toList();
    PowerLaw law = fit(points, third);
    List<String> exponents = new ArrayList<>();
    for (int i = 0; i < OF_BOUND.length; i++) {
      exponents.add(law == null ? "too few" : exponent(law, i));
    }
    return new Fit(name, Integer.toString(points.size()), exponents);
  }

  private static String exponent(PowerLaw law, int i) {
    return threeDigits(law.exponents()[i]) + " ± " + threeDigits(law.standardErrors()[i]);
  }

  /** Whether the floor grows as the bound's does, by G and by what can stand for it. */
  List<Claim> claims() {
    return List.of(
        claim(
            this::g,
            "G",
            "SR's floor grows as the bound's: delta^1 d^0.5 G^1",
            "SR's floor grows as the bound's, like Δ, √d and G, with G the root of the largest mean"
                + " ‖∇f̃‖²."),
        claim(
            this::meanNorm,
            "mean ‖∇f̃‖",
            "... and with the mean gradient norm for G",
            "SR's floor grows as the bound's with the mean ‖∇f̃‖ over all steps in place of G,"
                + " which bounds it as well."));
  }

  private Claim claim(
      ToDoubleFunction<SweepPoint> norm, String normName, String brief, String text) {
    List<SweepPoint> points = outcome.floors();
    double least = Double.POSITIVE_INFINITY;
    double greatest = 0;
    for (SweepPoint point : points) {
      double floor =
          ConvexBounds.stochasticRoundingFloor(
              point.dimension(), point.delta(), norm.applyAsDouble(point));
      double tightness = outcome.result(point).average().last() / floor;
      least = Math.min(least, tightness);
      greatest = Math.max(greatest, tightness);
    }
    String range =
        String.format(
            Locale.ROOT,
            "Measured over the bound's floor: %s to %s. ",
            threeDigits(least),
            threeDigits(greatest));
    PowerLaw law = fit(points, norm);
    if (law == null) {
      String evidence = range + "The sweep has too few values of Δ, d or σ for exponents";
      return new Claim(Verdict.UNCLEAR, text, evidence, brief);
    }
    boolean holds = true;
    List<String> exponents = new ArrayList<>();
    String[] names = {"Δ", "d", normName};
    for (int i = 0; i < OF_BOUND.length; i++) {
      double allowed = Math.max(NEAR, 2 * law.standardErrors()[i]);
      holds &= Math.abs(law.exponents()[i] - OF_BOUND[i]) <= allowed;
      exponents.add(
          String.format(Locale.ROOT, "%s: %s against %s", names[i], exponent(law, i), OF_BOUND[i]));
    }
    return new Claim(
        Verdict.of(holds),
        text,
        range
            + "Exponents over the sweep, by least squares on logarithms, ± their standard errors"
            + " (within two of them, or 0.1, counts as equal): "
            + String.join("; ", exponents),
        brief);
  }

  private double meanNorm(SweepPoint point) {
    return outcome.result(point).meanNorm();
  }

  private double g(SweepPoint point) {
    return outcome.result(point).g();
  }

  /** Whether the grid is finer than the noise of a coordinate. */
  private static boolean isFine(SweepPoint point) {
    return point.delta() <= point.noise() / Math.sqrt(point.dimension());
  }

  private @Nullable PowerLaw fit(List<SweepPoint> points, ToDoubleFunction<SweepPoint> third) {
    double[][] x = new double[points.size()][];
    double[] y = new double[points.size()];
    for (int row = 0; row < x.length; row++) {
      SweepPoint point = points.get(row);
      x[row] = new double[] {point.delta(), point.dimension(), third.applyAsDouble(point)};
      y[row] = outcome.result(point).average().last();
    }
    try {
      return PowerLaw.fit(x, y);
    } catch (InvalidInputException tooFew) {
      return null;
    }
  }
}
