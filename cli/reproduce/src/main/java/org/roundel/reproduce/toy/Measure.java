package org.roundel.reproduce.toy;

import java.util.Arrays;
import java.util.List;
import org.roundel.reproduce.experiment.Estimate;
import org.roundel.reproduce.theory.ToyMethod;
import org.roundel.reproduce.theory.ToyResult;
import org.roundel.reproduce.theory.WeightGrid;

/**
 * What independent simulations of one method at one rate gave together.
 *
 * @param grid the weights that any of them visited
 * @param shares the mean share of each, over the simulations
 * @param low the least share of each
 * @param high the greatest share of each
 * @param objective the mean of f
 * @param deviation the standard deviation of the weight
 * @param best the share of the grid points next to the minimum
 */
@SuppressWarnings("ArrayRecordComponent")
record Measure(
    ToyMethod method,
    double rate,
    WeightGrid grid,
    double[] shares,
    double[] low,
    double[] high,
    Estimate objective,
    Estimate deviation,
    Estimate best) {

  static Measure of(ToyPlan plan, double rate, ToyMethod method, List<ToyResult> results) {
    int lowest = Integer.MAX_VALUE;
    int highest = Integer.MIN_VALUE;
    for (ToyResult result : results) {
      lowest = Math.min(lowest, result.grid().lowest());
      highest = Math.max(highest, result.grid().highest());
    }
    WeightGrid grid = new WeightGrid(plan.spacing(), lowest, highest);
    double[] shares = new double[grid.size()];
    double[] low = new double[grid.size()];
    double[] high = new double[grid.size()];
    Arrays.fill(low, 1);
    double[] objectives = new double[results.size()];
    double[] deviations = new double[results.size()];
    double[] best = new double[results.size()];
    for (int simulation = 0; simulation < results.size(); simulation++) {
      ToyResult result = results.get(simulation);
      double[] own = result.sharesOn(grid);
      for (int index = 0; index < own.length; index++) {
        shares[index] += own[index] / results.size();
        low[index] = Math.min(low[index], own[index]);
        high[index] = Math.max(high[index], own[index]);
      }
      objectives[simulation] = result.meanObjective();
      deviations[simulation] = result.deviation();
      for (long multiple : plan.bestMultiples()) {
        if (multiple >= lowest && multiple <= highest) {
          best[simulation] += own[(int) (multiple - lowest)];
        }
      }
    }
    ToyResult first = results.get(0);
    return new Measure(
        method,
        rate,
        grid,
        shares,
        low,
        high,
        Estimate.of(objectives, first.meanObjectiveError()),
        Estimate.of(deviations, first.deviationError()),
        Estimate.of(best, Double.NaN));
  }

  /** Returns the values of an array over the grid, for the multiples from lowest to highest. */
  double[] on(double[] values, int lowest, int highest) {
    double[] result = new double[highest - lowest + 1];
    for (int index = 0; index < result.length; index++) {
      int own = lowest + index - grid.lowest();
      if (own >= 0 && own < values.length) {
        result[index] = values[own];
      }
    }
    return result;
  }
}
