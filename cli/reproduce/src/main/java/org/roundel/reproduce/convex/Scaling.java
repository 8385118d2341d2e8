package org.roundel.reproduce.convex;

import static org.roundel.reproduce.convex.Tables.number;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.report.Verdict;
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

  /** Returns the headings of {@link #rows}. */
  static List<String> headings() {
    return List.of("Fit", "Cells", "Exponent of Δ", "Exponent of d", "Exponent of the third");
  }

  /** Returns a row per fit, as text. */
  List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("The bound's floor √d·Δ·G/2", "", "1", "0.5", "1 (G)"));
    add(rows, "All, third G as measured", cell -> true, this::g);
    add(rows, "All, third mean ‖∇f̃‖", cell -> true, this::meanNorm);
    add(rows, "All, third σ", cell -> true, SweepPoint::noise);
    add(rows, "Fine grid, Δ ≤ σ/√d, third σ", Scaling::isFine, SweepPoint::noise);
    rows.add(List.of("Derived for Δ ≪ σ/√d", "", "1", "0.5", "1 (σ)"));
    add(rows, "Coarse grid, Δ > σ/√d, third σ", cell -> !isFine(cell), SweepPoint::noise);
    rows.add(List.of("Derived for Δ ≫ σ/√d", "", "2", "1", "0 (σ)"));
    return rows;
  }

  private void add(
      List<List<String>> rows,
      String name,
      Predicate<SweepPoint> chosen,
      ToDoubleFunction<SweepPoint> third) {
    List<SweepPoint> cells = outcome.floors().stream().filter(chosen).toList();
    PowerLaw law = fit(cells, third);
    List<String> row = new ArrayList<>(List.of(name, Integer.toString(cells.size())));
    for (int i = 0; i < OF_BOUND.length; i++) {
      row.add(
          law == null
              ? "too few"
              : number(law.exponents()[i]) + " ± " + number(law.standardErrors()[i]));
    }
    rows.add(row);
  }

  /** Whether the floor grows as the bound's does, by G and by what can stand for it. */
  List<Finding> findings() {
    return List.of(
        finding(
            this::g,
            "G",
            "SR's floor grows as the bound's: delta^1 d^0.5 G^1",
            "SR's floor grows as the bound's, like Δ, √d and G, with G the root of the largest mean"
                + " ‖∇f̃‖².",
            cell -> outcome.bound(cell).floor()),
        finding(
            this::meanNorm,
            "mean ‖∇f̃‖",
            "... and with the mean gradient norm for G",
            "SR's floor grows as the bound's with the mean ‖∇f̃‖ over all steps in place of G, which"
                + " bounds it as well.",
            cell ->
                ConvexBounds.stochasticRoundingFloor(
                    cell.dimension(), cell.delta(), meanNorm(cell))));
  }

  private Finding finding(
      ToDoubleFunction<SweepPoint> third,
      String thirdName,
      String brief,
      String claim,
      ToDoubleFunction<SweepPoint> floor) {
    List<SweepPoint> cells = outcome.floors();
    PowerLaw law = fit(cells, third);
    double least = Double.POSITIVE_INFINITY;
    double greatest = 0;
    for (SweepPoint cell : cells) {
      double tightness = outcome.result(cell).average().last() / floor.applyAsDouble(cell);
      least = Math.min(least, tightness);
      greatest = Math.max(greatest, tightness);
    }
    String range =
        "Measured over the bound's floor: " + number(least) + " to " + number(greatest) + ". ";
    if (law == null) {
      return new Finding(
          Verdict.UNCLEAR,
          brief,
          claim,
          range + "The sweep has too few values of Δ, d or σ for exponents");
    }
    boolean holds = true;
    List<String> evidence = new ArrayList<>();
    String[] names = {"Δ", "d", thirdName};
    for (int i = 0; i < OF_BOUND.length; i++) {
      double allowed = Math.max(NEAR, 2 * law.standardErrors()[i]);
      holds &= Math.abs(law.exponents()[i] - OF_BOUND[i]) <= allowed;
      evidence.add(
          names[i]
              + ": "
              + number(law.exponents()[i])
              + " ± "
              + number(law.standardErrors()[i])
              + " against "
              + OF_BOUND[i]);
    }
    return new Finding(
        holds ? Verdict.HOLDS : Verdict.FAILS,
        brief,
        claim,
        range
            + "Exponents over the sweep, by least squares on logarithms, ± their standard errors"
            + " (within two of them, or 0.1, counts as equal): "
            + String.join("; ", evidence));
  }

  private double meanNorm(SweepPoint cell) {
    return outcome.result(cell).meanNorm();
  }

  private double g(SweepPoint cell) {
    return outcome.result(cell).g();
  }

  /** Whether the grid is finer than the noise of a coordinate. */
  private static boolean isFine(SweepPoint cell) {
    return cell.delta() <= cell.noise() / Math.sqrt(cell.dimension());
  }

  private @Nullable PowerLaw fit(List<SweepPoint> cells, ToDoubleFunction<SweepPoint> third) {
    double[][] x = new double[cells.size()][];
    double[] y = new double[cells.size()];
    for (int row = 0; row < x.length; row++) {
      SweepPoint cell = cells.get(row);
      x[row] = new double[] {cell.delta(), cell.dimension(), third.applyAsDouble(cell)};
      y[row] = outcome.result(cell).average().last();
    }
    try {
      return PowerLaw.fit(x, y);
    } catch (InvalidInputException tooFew) {
      return null;
    }
  }
}
