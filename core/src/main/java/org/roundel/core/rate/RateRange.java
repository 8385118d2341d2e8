package org.roundel.core.rate;

/**
 * The learning rates that are tried: each update's is the same multiple of the one before.
 *
 * <p>Update i of N, counted from 1, has the rate lowest · (highest/lowest)^((i − 1)/(N − 1)).
 *
 * @param lowest the first update's, at least 1e-12 and below {@code highest}
 * @param highest the last update's, at most 1000, which is also the largest that a run may have
 * @param updates how many are made, {@value #LEAST_UPDATES} to {@value #MOST_UPDATES}
 */
public record RateRange(double lowest, double highest, int updates) {
  /** Fewer would say little, since the loss is smoothed over ten of them. */
  private static final int LEAST_UPDATES = 50;

  private static final int MOST_UPDATES = 1_000_000;
  private static final double LEAST_RATE = 1e-12;
  private static final double LARGEST_RATE = 1000;

  /**
   * Makes a range.
   *
   * @throws IllegalArgumentException with a message for the user, if a value is not allowed
   */
  public RateRange {
    if (!(lowest >= LEAST_RATE && lowest < highest && highest <= LARGEST_RATE)) {
      throw new IllegalArgumentException(
          "the lowest rate is "
              + lowest
              + " and the highest "
              + highest
              + "; allowed: 1e-12 to 1000, the lowest below the highest");
    }
    if (updates < LEAST_UPDATES || updates > MOST_UPDATES) {
      throw new IllegalArgumentException(
          "the number of updates is "
              + updates
              + "; allowed: "
              + LEAST_UPDATES
              + " to "
              + MOST_UPDATES);
    }
  }

  /**
   * Returns the rate of an update.
   *
   * @param update counted from 1
   */
  public double rate(int update) {
    // Exactly what was asked for, whatever a power is rounded to.
    return update == updates
        ? highest
        : lowest * StrictMath.pow(highest / lowest, (update - 1.0) / (updates - 1));
  }
}
