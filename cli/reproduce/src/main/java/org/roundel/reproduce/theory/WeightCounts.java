package org.roundel.reproduce.theory;

import java.util.Arrays;
import org.roundel.api.InvalidInputException;

/** Counts how often each multiple of the spacing was visited; grows to where the weight goes. */
final class WeightCounts {
  private static final int FARTHEST = 1 << 20;
  private static final int MARGIN = 64;

  private final double spacing;
  private int lowest;
  private long[] counts;

  WeightCounts(double spacing, long start) {
    this.spacing = spacing;
    this.lowest = (int) start - MARGIN;
    this.counts = new long[2 * MARGIN + 1];
  }

  void add(long multiple) {
    long index = multiple - lowest;
    if (index < 0 || index >= counts.length) {
      grow(multiple);
      index = multiple - lowest;
    }
    counts[(int) index]++;
  }

  private void grow(long multiple) {
    if (Math.abs(multiple) > FARTHEST) {
      throw new InvalidInputException(
          "the weight went further than "
              + FARTHEST
              + " grid points from 0; allowed: less. Use a smaller rate or less noise, or a larger"
              + " spacing.");
    }
    long highest = lowest + counts.length - 1L;
    int margin = counts.length;
    int newLowest = (int) Math.min(lowest, multiple - margin);
    int newHighest = (int) Math.max(highest, multiple + margin);
    long[] grown = new long[newHighest - newLowest + 1];
    System.arraycopy(counts, 0, grown, lowest - newLowest, counts.length);
    lowest = newLowest;
    counts = grown;
  }

  /** Returns the weights that were visited, from the lowest to the highest. */
  WeightGrid grid() {
    int first = 0;
    while (counts[first] == 0) {
      first++;
    }
    int last = counts.length - 1;
    while (counts[last] == 0) {
      last--;
    }
    return new WeightGrid(spacing, lowest + first, lowest + last);
  }

  /** Returns how often each weight of a grid was visited; the grid holds all that were. */
  long[] on(WeightGrid grid) {
    int from = grid.lowest() - lowest;
    return Arrays.copyOfRange(counts, from, from + grid.size());
  }

  /** Adds Σ f(w), Σ w and Σ w² over all visits to {@code sums}. */
  void sums(PiecewiseQuadratic objective, double[] sums) {
    for (int index = 0; index < counts.length; index++) {
      if (counts[index] > 0) {
        double weight = spacing * (lowest + index);
        sums[0] += counts[index] * objective.value(weight);
        sums[1] += counts[index] * weight;
        sums[2] += counts[index] * weight * weight;
      }
    }
  }
}
