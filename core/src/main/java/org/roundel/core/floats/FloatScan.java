package org.roundel.core.floats;

import java.nio.FloatBuffer;
import org.roundel.api.Chunks;

/** Passes over arrays of numbers that only look, or copy. */
public final class FloatScan {
  private FloatScan() {}

  /** Returns whether no element is NaN or infinite. */
  public static boolean allFinite(FloatBuffer values) {
    // x * 0 is 0 for a finite x and NaN otherwise, and NaN stays in the sum.
    return Chunks.sum(values.capacity(), chunk -> sumOfZeros(chunk.load(0, values), chunk.length()))
        == 0;
  }

  private static float sumOfZeros(float[] values, int length) {
    // Four sums, so that an addition does not wait for the one before.
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    int index = 0;
    for (; index <= length - 4; index += 4) {
      sum0 += values[index] * 0f;
      sum1 += values[index + 1] * 0f;
      sum2 += values[index + 2] * 0f;
      sum3 += values[index + 3] * 0f;
    }
    for (; index < length; index++) {
      sum0 += values[index] * 0f;
    }
    return sum0 + sum1 + sum2 + sum3;
  }

  /** Returns the sum of all squares; not finite if, and only if, an element is not. */
  public static double sumOfSquares(FloatBuffer values) {
    return Chunks.sum(
        values.capacity(), chunk -> sumOfSquares(chunk.load(0, values), chunk.length()));
  }

  private static double sumOfSquares(float[] values, int length) {
    // Four sums, as above; a float's square is far from the largest double.
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int index = 0;
    for (; index <= length - 4; index += 4) {
      sum0 += (double) values[index] * values[index];
      sum1 += (double) values[index + 1] * values[index + 1];
      sum2 += (double) values[index + 2] * values[index + 2];
      sum3 += (double) values[index + 3] * values[index + 3];
    }
    for (; index < length; index++) {
      sum0 += (double) values[index] * values[index];
    }
    return sum0 + sum1 + sum2 + sum3;
  }

  /**
   * Counts the elements in which two arrays differ, and makes {@code previous} equal to {@code
   * current}.
   */
  public static long countChangesAndCopy(FloatBuffer previous, FloatBuffer current) {
    return (long)
        Chunks.sum(
            current.capacity(),
            chunk -> {
              float[] now = chunk.load(0, current);
              int changes = changes(chunk.load(1, previous), now, chunk.length());
              if (changes > 0) {
                chunk.store(now, previous);
              }
              return changes;
            });
  }

  private static int changes(float[] previous, float[] current, int length) {
    int changes = 0;
    for (int index = 0; index < length; index++) {
      changes += previous[index] != current[index] ? 1 : 0;
    }
    return changes;
  }

  /** Makes {@code copy} equal to {@code original}. */
  public static void copy(FloatBuffer original, FloatBuffer copy) {
    Chunks.run(original.capacity(), chunk -> chunk.store(chunk.load(0, original), copy));
  }

  /** Returns the mean of |a − b|. */
  public static double meanDistance(FloatBuffer first, FloatBuffer second) {
    double sum =
        Chunks.sum(
            first.capacity(),
            chunk -> sumOfDistances(chunk.load(0, first), chunk.load(1, second), chunk.length()));
    return sum / first.capacity();
  }

  private static double sumOfDistances(float[] first, float[] second, int length) {
    double sum = 0;
    for (int index = 0; index < length; index++) {
      sum += Math.abs((double) first[index] - second[index]);
    }
    return sum;
  }

  /** Returns the root of the mean of (a − b)². */
  public static double rootMeanSquareDistance(FloatBuffer first, FloatBuffer second) {
    double sum =
        Chunks.sum(
            first.capacity(),
            chunk -> sumOfSquares(chunk.load(0, first), chunk.load(1, second), chunk.length()));
    return Math.sqrt(sum / first.capacity());
  }

  private static double sumOfSquares(float[] first, float[] second, int length) {
    double sum = 0;
    for (int index = 0; index < length; index++) {
      double distance = (double) first[index] - second[index];
      sum += distance * distance;
    }
    return sum;
  }
}
