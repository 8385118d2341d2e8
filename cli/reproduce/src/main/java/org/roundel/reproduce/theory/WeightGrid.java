package org.roundel.reproduce.theory;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.roundel.api.InvalidInputException;

/**
 * Finitely many neighbouring representable weights: spacing·k for k = lowest, …, highest.
 *
 * @param spacing Δ, above 0 and finite
 * @param lowest the first multiple
 * @param highest the last multiple, at least {@code lowest}
 */
public record WeightGrid(double spacing, int lowest, int highest) {
  /** The least and the greatest spacing allowed. */
  static final double LEAST_SPACING = 1e-6;

  static final double GREATEST_SPACING = 1e6;

  private static final int MOST_MULTIPLE = 1 << 24;

  /**
   * Checks the grid.
   *
   * @throws InvalidInputException if a value is out of its range
   */
  public WeightGrid {
    requireSpacing(spacing);
    if (lowest > highest || lowest < -MOST_MULTIPLE || highest > MOST_MULTIPLE) {
      throw new InvalidInputException(
          "the grid goes from "
              + lowest
              + " to "
              + highest
              + " times its spacing; allowed: ascending, within 2^24");
    }
  }

  static void requireSpacing(double spacing) {
    if (!(spacing >= LEAST_SPACING && spacing <= GREATEST_SPACING)) {
      throw new InvalidInputException(
          "the grid's spacing is "
              + spacing
              + "; allowed: "
              + LEAST_SPACING
              + " to "
              + GREATEST_SPACING);
    }
  }

  /** Returns how many weights there are. */
  public int size() {
    return highest - lowest + 1;
  }

  /** Returns the weight at an index in [0, size). */
  public double weight(int index) {
    return spacing * (lowest + index);
  }

  /** Returns all weights in ascending order. */
  public double[] weights() {
    double[] weights = new double[size()];
    for (int index = 0; index < weights.length; index++) {
      weights[index] = weight(index);
    }
    return weights;
  }

  /** Returns the indices of the weights within [from, to], ascending; possibly none. */
  public int[] indicesWithin(double from, double to) {
    int[] found = new int[size()];
    int count = 0;
    for (int index = 0; index < size(); index++) {
      if (weight(index) >= from && weight(index) <= to) {
        found[count++] = index;
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** Returns the mean of a function of the weight under a law on this grid. */
  public double mean(double[] law, DoubleUnaryOperator function) {
    double sum = 0;
    for (int index = 0; index < law.length; index++) {
      sum += law[index] * function.applyAsDouble(weight(index));
    }
    return sum;
  }
}
