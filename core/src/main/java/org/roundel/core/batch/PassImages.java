package org.roundel.core.batch;

import java.io.IOException;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.roundel.api.dataset.Augmentation;
import org.roundel.api.dataset.Batch;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.Split;

/** The images of one pass over a split, in their order. */
final class PassImages {
  private final Dataset dataset;
  private final Split split;
  private final long seed;
  private final int epoch;
  private final int[] order;

  /**
   * Orders the images of an epoch: shuffled where they are training's.
   *
   * @param seed the run's
   * @param epoch which training images are augmented for
   */
  PassImages(Dataset dataset, Split split, long seed, int epoch) {
    this.dataset = dataset;
    this.split = split;
    this.seed = seed;
    this.epoch = epoch;
    int size = dataset.size(split);
    this.order =
        split == Split.TRAIN ? EpochOrder.shuffled(seed, epoch, size) : EpochOrder.inOrder(size);
  }

  int size() {
    return order.length;
  }

  Split split() {
    return split;
  }

  int epoch() {
    return epoch;
  }

  /** Returns any image's augmentation, for one thread; null where none is augmented. */
  @Nullable Augmentation augmentation() {
    return split == Split.TRAIN ? Augmentation.of(seed, epoch, order[0]) : null;
  }

  /**
   * Reads an image into a batch.
   *
   * @param position in the pass
   * @param batch gets label and index
   * @param place in the batch
   * @param any what {@link #augmentation} has given this thread
   * @param image where the pixels go
   */
  void read(int position, Batch batch, int place, @Nullable Augmentation any, FloatBuffer image)
      throws IOException {
    int index = order[position];
    batch.indices()[place] = HeldOutDataset.indexOfPlugin(dataset, split, index);
    Augmentation own = any == null ? null : any.forImage(index);
    batch.labels()[place] = dataset.read(split, index, own, image);
  }
}
