package org.roundel.core.event;

/**
 * The lowest error of a run so far, on the test images or on those held out for validation.
 *
 * @param error in [0, 1]; NaN if no epoch was finished
 * @param epoch its epoch, the first of equals; 0 if no epoch was finished
 */
public record BestError(double error, int epoch) {
  /** Before the first epoch's end. */
  public static final BestError NONE = new BestError(Double.NaN, 0);

  /** Returns whether an epoch's error is lower than this one, or the first. */
  public boolean isBeatenBy(double other) {
    return !(error <= other);
  }
}
