package org.roundel.core.floats;

import java.nio.FloatBuffer;
import org.roundel.api.Chunks;

/** Passes over arrays of numbers that alter them. */
public final class FloatPass {
  private FloatPass() {}

  /** Multiplies every element by a factor. */
  public static void scale(FloatBuffer values, float factor) {
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

  /** Adds the elements of an array to those of a sum. */
  public static void add(FloatBuffer values, FloatBuffer sum) {
    Chunks.run(
        sum.capacity(),
        chunk -> {
          float[] added = chunk.load(0, sum);
          add(chunk.load(1, values), added, chunk.length());
          chunk.store(added, sum);
        });
  }

  private static void add(float[] values, float[] sum, int length) {
    for (int index = 0; index < length; index++) {
      sum[index] += values[index];
    }
  }

  /** Moves an average a share of the way to what it averages: a ← a + share·(w − a). */
  public static void approach(FloatBuffer average, FloatBuffer values, float share) {
    Chunks.run(
        average.capacity(),
        chunk -> {
          float[] moved = chunk.load(0, average);
          approach(moved, chunk.load(1, values), share, chunk.length());
          chunk.store(moved, average);
        });
  }

  private static void approach(float[] average, float[] values, float share, int length) {
    for (int index = 0; index < length; index++) {
      average[index] += share * (values[index] - average[index]);
    }
  }

  /** Puts each array's elements into the other. */
  public static void exchange(FloatBuffer first, FloatBuffer second) {
    Chunks.run(
        first.capacity(),
        chunk -> {
          float[] values = chunk.load(0, first);
          chunk.store(chunk.load(1, second), first);
          chunk.store(values, second);
        });
  }
}
