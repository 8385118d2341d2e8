package org.roundel.onednn.operation;

import org.jspecify.annotations.Nullable;
import org.roundel.onednn.graph.ChannelScale;
import org.roundel.onednn.graph.FrozenValues;
import org.roundel.onednn.net.Slice;

/** Weights and bias of an operation in a frozen net, scaled and shifted in double precision. */
final class FrozenWeights {
  private FrozenWeights() {}

  /**
   * Returns where the weights will lie.
   *
   * @param weights [outputs, …]
   * @param after what is done to the outputs as well, null for nothing
   */
  static Slice weights(FrozenValues values, Slice weights, @Nullable ChannelScale after) {
    if (after == null) {
      return values.keep(weights);
    }
    double[] scale = after.scale();
    float[] numbers = values.read(weights);
    int row = numbers.length / scale.length;
    for (int index = 0; index < numbers.length; index++) {
      numbers[index] = (float) (numbers[index] * scale[index / row]);
    }
    return values.write(numbers);
  }

  /**
   * Returns where the bias will lie, null for none.
   *
   * @param bias [outputs], null for none
   */
  static @Nullable Slice bias(
      FrozenValues values, @Nullable Slice bias, @Nullable ChannelScale after) {
    if (after == null) {
      return bias == null ? null : values.keep(bias);
    }
    double[] shift = after.shift();
    if (bias != null) {
      double[] scale = after.scale();
      float[] numbers = values.read(bias);
      for (int index = 0; index < shift.length; index++) {
        shift[index] += numbers[index] * scale[index];
      }
    }
    return write(values, shift);
  }

  /** Rounds numbers to float32, and returns where they will lie. */
  static Slice write(FrozenValues values, double[] numbers) {
    float[] rounded = new float[numbers.length];
    for (int index = 0; index < numbers.length; index++) {
      rounded[index] = (float) numbers[index];
    }
    return values.write(rounded);
  }
}
