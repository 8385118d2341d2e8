package org.roundel.reproduce.theory;

/**
 * What a simulation gave, over the quantized weights after each step.
 *
 * @param grid the weights that were visited, from the lowest to the highest
 * @param shares how much of the steps each weight of the grid had, together 1
 * @param meanObjective the mean of f
 * @param meanObjectiveError its standard error, by the means of 100 stretches of the run; it is
 *     right if a stretch is longer than the weight remembers, and NaN for runs too short for that
 * @param meanWeight the mean weight
 * @param deviation the standard deviation of the weight
 * @param deviationError its standard error, in the same way
 */
// The array is not shared: a result hands it out, and keeps no other use of it.
@SuppressWarnings("ArrayRecordComponent")
public record ToyResult(
    WeightGrid grid,
    double[] shares,
    double meanObjective,
    double meanObjectiveError,
    double meanWeight,
    double deviation,
    double deviationError) {
  /** Returns the shares on another grid; what lies outside of it is left out. */
  public double[] sharesOn(WeightGrid other) {
    if (other.spacing() != grid.spacing()) {
      throw new IllegalArgumentException(
          "spacing " + other.spacing() + "; allowed: " + grid.spacing());
    }
    double[] result = new double[other.size()];
    for (int index = 0; index < result.length; index++) {
      int own = other.lowest() + index - grid.lowest();
      if (own >= 0 && own < shares.length) {
        result[index] = shares[own];
      }
    }
    return result;
  }
}
