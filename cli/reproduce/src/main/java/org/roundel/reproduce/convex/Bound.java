package org.roundel.reproduce.convex;

import org.roundel.reproduce.theory.convex.ConvexBounds;
import org.roundel.reproduce.theory.convex.DescentMethod;
import org.roundel.reproduce.theory.convex.StochasticObjective;

/**
 * The bound that the paper gives for a cell, with G and D as its runs had them.
 *
 * @param theorem its name
 * @param floor what it leaves as T grows
 */
record Bound(
    String theorem,
    double floor,
    SweepPoint.Rule rule,
    double g,
    double distance,
    double strongConvexity,
    double factor) {
  static Bound of(SweepPoint cell, Result result, StochasticObjective objective) {
    double g = result.g();
    double distance = result.distance();
    boolean strongly = cell.rule() == SweepPoint.Rule.STRONGLY_CONVEX;
    String theorem;
    double floor;
    if (cell.method() == DescentMethod.FULL_PRECISION) {
      theorem = "without a grid";
      floor = 0;
    } else if (cell.method() == DescentMethod.STOCHASTIC_ROUNDING) {
      theorem = strongly ? "Theorem 1" : "Theorem 2";
      floor = ConvexBounds.stochasticRoundingFloor(cell.dimension(), cell.delta(), g);
    } else if (!strongly) {
      theorem = "Theorem 3";
      floor =
          ConvexBounds.binaryConnectFloor(
              cell.dimension(), cell.delta(), objective.smoothness(), distance);
    } else {
      theorem = objective.hessianLipschitz() == 0 ? "Corollary 1" : "Theorem 4";
      floor =
          ConvexBounds.binaryConnectCurvatureFloor(
              cell.dimension(), cell.delta(), objective.hessianLipschitz(), distance);
    }
    return new Bound(
        theorem,
        floor,
        cell.rule(),
        g,
        distance,
        objective.strongConvexity(),
        SweepPoint.Rule.factor(objective));
  }

  /** Returns the bound after a step. */
  double at(double step) {
    double rate =
        rule == SweepPoint.Rule.STRONGLY_CONVEX
            ? ConvexBounds.stronglyConvexRate(g, strongConvexity, (long) step)
            : ConvexBounds.convexRate(distance, g, factor, (long) step);
    return rate + floor;
  }

  double[] at(double[] steps) {
    double[] values = new double[steps.length];
    for (int i = 0; i < steps.length; i++) {
      values[i] = at(steps[i]);
    }
    return values;
  }
}
