package org.roundel.core.batch;

import java.io.IOException;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Augmentation;
import org.roundel.api.dataset.Batch;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.Split;
import org.roundel.api.model.InputShape;

/**
 * Reads single parts of the training batches that {@link BatchReader} and {@link BatchParts} would
 * make, in any order, on the caller's thread. Used by one thread at a time.
 */
public final class PartReader {
  private final Dataset dataset;
  private final int batchSize;
  private final int shards;
  private final long seed;
  private final int size;
  private final INDArray images;
  private @Nullable PassImages pass;

  /**
   * Makes one.
   *
   * @param dataset not closed here
   * @param batchSize of the whole batches
   * @param shards how many parts each has
   * @param seed the run's
   */
  public PartReader(Dataset dataset, int batchSize, int shards, long seed) {
    this.dataset = dataset;
    this.size = dataset.size(Split.TRAIN);
    this.batchSize = Math.min(batchSize, size);
    this.shards = shards;
    this.seed = seed;
    InputShape shape = dataset.inputShape();
    this.images =
        Nd4j.createUninitialized(
            DataType.FLOAT,
            new long[] {
              BatchParts.largest(this.batchSize, Math.min(shards, this.batchSize)),
              shape.channels(),
              shape.height(),
              shape.width()
            },
            'c');
  }

  /** Returns how many images the batch of an update has; the update is counted from 1. */
  public int images(long step) {
    return Math.min(batchSize, size - first(step));
  }

  /**
   * Reads a part.
   *
   * @param step the number of the update in the run, counted from 1
   * @return valid until the next call
   */
  public Batch read(long step, int part) throws IOException {
    int count = images(step);
    int parts = Math.min(shards, count);
    int from = first(step) + BatchParts.start(count, parts, part);
    int length = first(step) + BatchParts.start(count, parts, part + 1) - from;
    PassImages all = pass(epoch(step));
    INDArray own = length == images.size(0) ? images : images.get(NDArrayIndex.interval(0, length));
    Batch read = new Batch(own, new int[length], Split.TRAIN, new int[length], all.epoch());
    FloatBuffer floats = Tensors.floats(images);
    int pixels = dataset.inputShape().length();
    Augmentation augmentation = all.augmentation();
    for (int place = 0; place < length; place++) {
      all.read(from + place, read, place, augmentation, floats.slice(place * pixels, pixels));
    }
    return read;
  }

  private PassImages pass(int epoch) {
    PassImages current = pass;
    if (current == null || current.epoch() != epoch) {
      current = new PassImages(dataset, Split.TRAIN, seed, epoch);
      pass = current;
    }
    return current;
  }

  private int batchesPerPass() {
    return (size + batchSize - 1) / batchSize;
  }

  private int epoch(long step) {
    return Math.toIntExact((step - 1) / batchesPerPass() + 1);
  }

  /** Returns the position in its epoch of an update's first image. */
  private int first(long step) {
    return (int) ((step - 1) % batchesPerPass()) * batchSize;
  }
}
