package org.roundel.core.shard;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.roundel.api.Tensors;
import org.roundel.api.model.Buffer;

/** The weighted mean of what several passes make of a model's buffers, added in their order. */
final class BufferMean {
  private final List<FloatBuffer> values = new ArrayList<>();
  private final List<double[]> sums = new ArrayList<>();

  BufferMean(List<Buffer> buffers) {
    for (Buffer buffer : buffers) {
      FloatBuffer floats = Tensors.floats(buffer.values());
      values.add(floats);
      sums.add(new double[floats.capacity()]);
    }
  }

  /** Takes in the buffers as they are; with {@code first} what was taken in before is forgotten. */
  void add(double weight, boolean first) {
    for (int buffer = 0; buffer < sums.size(); buffer++) {
      double[] sum = sums.get(buffer);
      FloatBuffer value = values.get(buffer);
      for (int index = 0; index < sum.length; index++) {
        sum[index] = (first ? 0 : sum[index]) + weight * value.get(index);
      }
    }
  }

  /** Sets the buffers to the mean. */
  void place() {
    for (int buffer = 0; buffer < sums.size(); buffer++) {
      double[] sum = sums.get(buffer);
      FloatBuffer value = values.get(buffer);
      for (int index = 0; index < sum.length; index++) {
        value.put(index, (float) sum[index]);
      }
    }
  }
}
