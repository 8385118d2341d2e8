package org.roundel.core.batch;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Batch;
import org.roundel.api.dataset.Split;
import org.roundel.api.model.InputShape;

/**
 * The arrays of one batch, full size and, over the same memory, the size of a pass's last batch;
 * and how far the batch is that is being read into them. For one thread at a time, but for {@link
 * #image}, where each thread has a position of its own.
 */
final class BatchSlot {
  private static final int NONE = -1;

  private final Arrays full;
  private final Arrays last;
  private final List<FloatBuffer> images = new ArrayList<>();
  private int number = NONE;
  private int missing;
  private @Nullable Batch batch;

  /** What the batches of one size are made over. */
  private static final class Arrays {
    private final INDArray images;
    private final int[] labels;
    private final int[] indices;

    Arrays(INDArray images, int size) {
      this.images = images;
      this.labels = new int[size];
      this.indices = new int[size];
    }
  }

  BatchSlot(InputShape shape, int batchSize, int lastSize) {
    INDArray all =
        Nd4j.createUninitialized(
            DataType.FLOAT,
            new long[] {batchSize, shape.channels(), shape.height(), shape.width()},
            'c');
    full = new Arrays(all, batchSize);
    last = lastSize == 0 ? full : new Arrays(all.get(NDArrayIndex.interval(0, lastSize)), lastSize);
    FloatBuffer floats = Tensors.floats(all);
    for (int position = 0; position < batchSize; position++) {
      images.add(floats.slice(position * shape.length(), shape.length()));
    }
  }

  /** Forgets which batch is in the arrays. */
  void clear() {
    number = NONE;
    batch = null;
  }

  /** Begins a batch, none of whose images are there. */
  void begin(int batchNumber, Split split, int count, int epoch) {
    Arrays arrays = count == full.labels.length ? full : last;
    batch = new Batch(arrays.images, arrays.labels, split, arrays.indices, epoch);
    missing = count;
    number = batchNumber;
  }

  /** Notes that one more image is there. */
  void add() {
    missing--;
  }

  /** Returns whether all images of the batch of this number are there. */
  boolean holds(int batchNumber) {
    return number == batchNumber && missing == 0;
  }

  /** Returns the batch, whose labels and indices are to be written. */
  Batch batch() {
    return Objects.requireNonNull(batch, "no batch was begun");
  }

  /** Returns the memory of the image at a position, in either batch, to be written anew. */
  FloatBuffer image(int position) {
    // A dataset may have written it by relative puts.
    return images.get(position).clear();
  }
}
