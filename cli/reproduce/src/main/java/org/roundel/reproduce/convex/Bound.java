package org.roundel.reproduce.convex;

import org.roundel.reproduce.theory.convex.ConvexBounds;
import org.roundel.reproduce.theory.convex.DescentMethod;
import org.roundel.reproduce.theory.convex.StochasticObjective;

/**
 * The bound that the paper gives for a point, with G and D as its runs had them.
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
  static Bound of(SweepPoint point, Result result, StochasticObjective objective) {
    double g = result.g();
    double distance = result.distance();
    boolean strongly = point.rule() == SweepPoint.Rule.STRONGLY_CONVEX;
    String theorem;
    double floor;
    if (point.method() == DescentMethod.FULL_PRECISION) {
      theorem = "without a grid";
      floor = 0;
    } else if (point.method() == DescentMethod.STOCHASTIC_ROUNDING) {
      theorem = strongly ? "Theorem 1" : "Theorem 2";
      floor = ConvexBounds.stochasticRoundingFloor(point.dimension(), point.delta(), g);
    } else if (!strongly) {
      theorem = "Theorem 3";
      floor =
          ConvexBounds.binaryConnectFloor(
              point.dimension(), point.delta(), objective.smoothness(), distance);
    } else {
      theorem = objective.hessianLipschitz() == 0 ? "Corollary 1" : "Theorem 4";
      floor =
          ConvexBounds.binaryConnectCurvatureFloor(
              point.dimension(), point.delta(), objective.hessianLipschitz(), distance);
    }
    return new Bound(
        theorem,
        floor,
        point.rule(),
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
