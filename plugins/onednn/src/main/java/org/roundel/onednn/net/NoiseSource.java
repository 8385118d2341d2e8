package org.roundel.onednn.net;

import java.nio.FloatBuffer;

/** Where a net's random numbers come from in a training step. */
@FunctionalInterface
public interface NoiseSource {
  /**
   * Fills a buffer with uniform random numbers in [0, 1).
   *
   * @param stream which of the step's independent streams
   * @param numbers filled from 0 to its limit
   */
  void uniform(int stream, FloatBuffer numbers);
}
