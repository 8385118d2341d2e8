package org.roundel.core.training;

import java.nio.FloatBuffer;

/** Passes over arrays of numbers that only look. */
final class FloatScan {
  private FloatScan() {}

  /** Returns whether no element is NaN or infinite. */
  static boolean allFinite(FloatBuffer values) {
    // x * 0 is 0 for a finite x and NaN otherwise, and NaN stays in the sum.
    float sum = 0;
    int length = values.capacity();
    for (int index = 0; index < length; index++) {
      sum += values.get(index) * 0f;
    }
    return sum == 0;
  }

  /**
   * Counts the elements in which two arrays differ, and makes {@code previous} equal to {@code
   * current}.
   */
  static long countChangesAndCopy(FloatBuffer previous, FloatBuffer current) {
    long changes = 0;
    int length = current.capacity();
    for (int index = 0; index < length; index++) {
      float value = current.get(index);
      if (previous.get(index) != value) {
        changes++;
        previous.put(index, value);
      }
    }
    return changes;
  }

  /** Returns the mean of |a − b|. */
  static double meanDistance(FloatBuffer first, FloatBuffer second) {
    double sum = 0;
    int length = first.capacity();
    for (int index = 0; index < length; index++) {
      sum += Math.abs((double) first.get(index) - second.get(index));
    }
    return sum / length;
  }

  /** Returns the root of the mean of (a − b)². */
  static double rootMeanSquareDistance(FloatBuffer first, FloatBuffer second) {
    double sum = 0;
    int length = first.capacity();
    for (int index = 0; index < length; index++) {
      double distance = (double) first.get(index) - second.get(index);
      sum += distance * distance;
    }
    return Math.sqrt(sum / length);
  }
}
