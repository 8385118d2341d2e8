package org.roundel.core.batch;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.roundel.api.dataset.Batch;

/**
 * Cuts batches into parts that are computed by themselves. The arrays of batches go round, and each
 * is cut once: what is made here is kept for the next batch over it. Used by one thread.
 */
public final class BatchParts {
  /** More arrays than a reader has, so that who brings new ones each time does not fill memory. */
  private static final int MOST = 16;

  private final int shards;
  private final IdentityHashMap<INDArray, Cut> cuts = new IdentityHashMap<>();

  /**
   * Makes one.
   *
   * @param shards into how many parts a batch is cut, at least 1
   */
  public BatchParts(int shards) {
    this.shards = shards;
  }

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
   * @return views into the batch's memory, the images in their order; valid until the next call
   */
  public List<Batch> of(Batch batch) {
    Cut cut = cuts.get(batch.images());
    if (cut == null) {
      if (cuts.size() == MOST) {
        cuts.clear();
      }
      cut = new Cut(batch, Math.min(shards, batch.size()));
      cuts.put(batch.images(), cut);
    }
    return cut.of(batch);
  }

  /** The parts of the batches over one array of images. */
  private static final class Cut {
    private final List<INDArray> images = new ArrayList<>();
    private final List<int[]> labels = new ArrayList<>();
    private final List<int[]> indices = new ArrayList<>();
    private final List<Batch> parts = new ArrayList<>();
    private @Nullable Batch last;

    Cut(Batch batch, int count) {
      for (int part = 0; part < count; part++) {
        int from = start(batch.size(), count, part);
        int to = start(batch.size(), count, part + 1);
        images.add(batch.images().get(NDArrayIndex.interval(from, to)));
        labels.add(new int[to - from]);
        indices.add(new int[to - from]);
      }
    }

    List<Batch> of(Batch batch) {
      int from = 0;
      for (int part = 0; part < images.size(); part++) {
        int size = labels.get(part).length;
        System.arraycopy(batch.labels(), from, labels.get(part), 0, size);
        System.arraycopy(batch.indices(), from, indices.get(part), 0, size);
        from += size;
      }
      if (last == null || last.split() != batch.split() || last.epoch() != batch.epoch()) {
        parts.clear();
        for (int part = 0; part < images.size(); part++) {
          parts.add(
              new Batch(
                  images.get(part),
                  labels.get(part),
                  batch.split(),
                  indices.get(part),
                  batch.epoch()));
        }
        last = batch;
      }
      return parts;
    }
  }
}
