package org.roundel.core.net;

import java.nio.FloatBuffer;
import org.roundel.api.Chunks;

/** Passes over arrays of numbers that alter them. */
final class FloatPass {
  private FloatPass() {}

  /** Multiplies every element by a factor. */
  static void scale(FloatBuffer values, float factor) {
    Chunks.run(
        values.capacity(),
        chunk -> {
          float[] scaled = chunk.load(0, values);
          scale(scaled, factor, chunk.length());
          chunk.store(scaled, values);
        });
  }

  private static void scale(float[] values, float factor, int length) {
    for (int index = 0; index < length; index++) {
      values[index] *= factor;
    }
  }
}
