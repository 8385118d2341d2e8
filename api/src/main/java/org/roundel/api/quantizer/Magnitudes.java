package org.roundel.api.quantizer;

import java.nio.FloatBuffer;
import org.roundel.api.Chunks;

/**
 * Magnitudes and signs of weights, for quantizers with a scale: the cases that go wrong when each
 * writes them anew. A sign is +1 for 0 and −0, no result is −0, and NaN stays NaN where a weight
 * becomes another weight, so that divergence is seen, but spoils no mean.
 */
public final class Magnitudes {
  private Magnitudes() {}

  /** Returns |w| as a finite number: 0 for NaN, the largest float32 number for an infinite one. */
  public static float of(float weight) {
    float magnitude = Math.min(Math.abs(weight), Float.MAX_VALUE);
    return Float.isNaN(magnitude) ? 0 : magnitude;
  }

  /**
   * Returns mean|w| over an array, each magnitude as {@link #of} gives it, summed in double
   * precision; the same for any number of threads.
   *
   * @param weights at least one number, from index 0 on
   */
  public static double mean(FloatBuffer weights) {
    double sum =
        Chunks.sum(
            weights.capacity(),
            chunk -> {
              double part = 0;
              int end = chunk.start() + chunk.length();
              for (int index = chunk.start(); index < end; index++) {
                part += of(weights.get(index));
              }
              return part;
            });
    return sum / weights.capacity();
  }

  /**
   * Returns a magnitude with a weight's sign: s·sign(w), NaN for NaN.
   *
   * @param magnitude at least 0
   */
  public static float withSign(float magnitude, float weight) {
    // Adding 0 turns −0 into 0, in the sign and in the result.
    float signed = Math.copySign(magnitude, weight + 0f) + 0f;
    return Float.isNaN(weight) ? weight : signed;
  }
}
