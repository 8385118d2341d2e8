package org.roundel.core.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.roundel.api.dataset.Batch;

/** Cuts batches into parts that are computed by themselves. */
public final class BatchParts {
  private BatchParts() {}

  /** Returns how many images the largest part of a batch has. */
  public static int largest(int batchSize, int shards) {
    return (batchSize + shards - 1) / shards;
  }

  /** Returns where a part begins of a batch in so many parts, at most one for each image. */
  static int start(int size, int parts, int part) {
    return part * (size / parts) + Math.min(part, size % parts);
  }

  /**
   * Cuts a batch into parts of equal size, the first ones larger by one image where it does not
   * divide; into as many as it has images where these are fewer.
   *
   * @return views into the batch's memory, valid as long as it is; the images in their order
   */
  public static List<Batch> of(Batch batch, int shards) {
    int count = Math.min(shards, batch.size());
    List<Batch> parts = new ArrayList<>(count);
    for (int part = 0; part < count; part++) {
      int from = start(batch.size(), count, part);
      int to = start(batch.size(), count, part + 1);
      INDArray images = batch.images().get(NDArrayIndex.interval(from, to));
      parts.add(
          new Batch(
              images,
              Arrays.copyOfRange(batch.labels(), from, to),
              batch.split(),
              Arrays.copyOfRange(batch.indices(), from, to),
              batch.epoch()));
    }
    return parts;
  }
}
