package org.roundel.core.shard;

import java.nio.FloatBuffer;
import java.util.List;
import org.roundel.api.Tensors;
import org.roundel.api.model.Buffer;

/**
 * A copy of a model's buffers, so that what a forward pass does to running statistics can be
 * undone: that of a step that diverges, or one that estimates them for other weights.
 */
public final class BufferBackup {
  private final List<FloatBuffer> values;
  private final List<FloatBuffer> copies;

  public BufferBackup(List<Buffer> buffers) {
    values = buffers.stream().map(buffer -> Tensors.floats(buffer.values())).toList();
    copies = values.stream().map(value -> FloatBuffer.allocate(value.capacity())).toList();
  }

  public void save() {
    for (int index = 0; index < values.size(); index++) {
      copies.get(index).put(0, values.get(index), 0, copies.get(index).capacity());
    }
  }

  /** Returns the copy of one buffer's values; not to be written. */
  public FloatBuffer copy(int index) {
    return copies.get(index);
  }

  public void restore() {
    for (int index = 0; index < values.size(); index++) {
      values.get(index).put(0, copies.get(index), 0, copies.get(index).capacity());
    }
  }
}
