package org.roundel.reproduce.markov;

import java.util.OptionalLong;
import org.roundel.reproduce.theory.MarkovChain;
import org.roundel.reproduce.theory.Mixing;

/** What a chain does before and after its moves are scaled. */
final class Result {
  private static final int MOST_POINTS = 100;
  private static final int FEWEST_STEPS = 8;

  final MarkovPlan plan;
  final MarkovChain scaled;
  final double[] lawBefore;
  final double[] lawAfter;
  final OptionalLong timeBefore;
  final OptionalLong timeAfter;

  /** Steps from one point of the curves to the next. */
  final long stride;

  final double[] distancesBefore;
  final double[] distancesAfter;

  private Result(MarkovPlan plan) {
    this.plan = plan;
    this.scaled = plan.chain().scaled(plan.factor());
    Mixing before = new Mixing(plan.chain());
    Mixing after = new Mixing(scaled);
    int[] all = before.allStates();
    lawBefore = before.stationaryLaw();
    lawAfter = after.stationaryLaw();
    timeBefore = before.time(plan.epsilon(), all);
    timeAfter = after.time(plan.epsilon(), all);
    long slower = Math.max(timeBefore.orElse(0), timeAfter.orElse(0));
    // A little beyond the slower chain's mixing time.
    long steps = Math.max(FEWEST_STEPS, slower + slower / 4);
    stride = (steps + MOST_POINTS - 1) / MOST_POINTS;
    int points = (int) (steps / stride) + 1;
    distancesBefore = before.distances(all, points, stride);
    distancesAfter = after.distances(all, points, stride);
  }

  static Result of(MarkovPlan plan) {
    return new Result(plan);
  }

  double[] steps() {
    double[] steps = new double[distancesBefore.length];
    for (int point = 0; point < steps.length; point++) {
      steps[point] = (double) point * stride;
    }
    return steps;
  }
}
