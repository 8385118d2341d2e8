package org.roundel.core.batch;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
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
 * Prepares the batches of one pass over a split ahead of time, on a background thread.
 *
 * <p>What a batch holds is a function of (seed, epoch, position) alone, so a pass may start
 * anywhere. Three sets of arrays are made once and go round: one in use, the others being filled.
 * Used by one thread at a time.
 */
public final class BatchReader implements AutoCloseable {
  private static final int SLOTS = 3;

  private final Dataset dataset;
  private final Split split;
  private final int batchSize;
  private final long seed;
  private final int size;
  private final BlockingQueue<Slot> free = new ArrayBlockingQueue<>(SLOTS);
  // One more than there are slots, for the message that the pass has failed.
  private final BlockingQueue<Filled> filled = new ArrayBlockingQueue<>(SLOTS + 1);
  private @Nullable Slot inUse;
  private @Nullable Thread thread;
  private volatile boolean cancelled;
  private int remaining;

  public BatchReader(Dataset dataset, Split split, int batchSize, long seed) {
    this.dataset = dataset;
    this.split = split;
    this.size = dataset.size(split);
    this.batchSize = Math.min(batchSize, size);
    this.seed = seed;
    for (int slot = 0; slot < SLOTS; slot++) {
      free.add(new Slot(dataset.inputShape(), this.batchSize, size % this.batchSize));
    }
  }

  /** Returns how many images one holds at a time. */
  public static long imagesAhead(Dataset dataset, Split split, int batchSize) {
    return (long) SLOTS * Math.min(batchSize, dataset.size(split));
  }

  /** Returns how many images every batch but a pass's last has. */
  public int batchSize() {
    return batchSize;
  }

  /** Returns the number of batches in one pass; the last may be smaller than the others. */
  public int batchesPerPass() {
    return (size + batchSize - 1) / batchSize;
  }

  /** Returns how many of a pass's batches have the full size, at least 1. */
  public int fullBatchesPerPass() {
    return size / batchSize;
  }

  /**
   * Starts a pass.
   *
   * @param epoch the epoch, counted from 1, that decides order and augmentation of training images;
   *     test images come in their order
   * @param firstBatch how many batches to leave out at the beginning
   */
  public void start(int epoch, int firstBatch) {
    stop();
    cancelled = false;
    remaining = batchesPerPass() - firstBatch;
    int[] order =
        split == Split.TRAIN ? EpochOrder.shuffled(seed, epoch, size) : EpochOrder.inOrder(size);
    ClassLoader contextLoader = HeldOutDataset.ofPlugin(dataset).getClass().getClassLoader();
    thread =
        new Thread(
            () -> fill(order, epoch, firstBatch),
            "roundel-batches-" + split.name().toLowerCase(Locale.ROOT));
    thread.setDaemon(true);
    thread.setContextClassLoader(contextLoader);
    thread.start();
  }

  /**
   * Returns the next batch of the pass, or null after the last. The batch is valid until the next
   * call.
   *
   * @throws IOException if a file could not be read
   * @throws RuntimeException what the dataset threw
   */
  public @Nullable Batch next() throws IOException {
    if (inUse != null) {
      free.add(inUse);
      inUse = null;
    }
    if (remaining == 0) {
      stop();
      return null;
    }
    Filled next;
    try {
      next = filled.take();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a batch", interrupted);
    }
    if (next.failure() != null) {
      remaining = 0;
      throw rethrown(next.failure());
    }
    remaining--;
    inUse = next.slot();
    return next.batch();
  }

  private static IOException rethrown(Throwable failure) {
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof IOException checked ? checked : new IOException(failure);
  }

  private void fill(int[] order, int epoch, int firstBatch) {
    Slot slot = null;
    try {
      Augmentation augmentation =
          split == Split.TRAIN ? Augmentation.of(seed, epoch, order[0]) : null;
      for (int batch = firstBatch; batch < batchesPerPass() && !cancelled; batch++) {
        slot = free.take();
        int first = batch * batchSize;
        int count = Math.min(batchSize, size - first);
        Batch target = slot.batch(split, count, epoch);
        for (int position = 0; position < count; position++) {
          int index = order[first + position];
          target.indices()[position] = HeldOutDataset.indexOfPlugin(dataset, split, index);
          Augmentation own = augmentation == null ? null : augmentation.forImage(index);
          target.labels()[position] = dataset.read(split, index, own, slot.image(position));
        }
        filled.put(new Filled(slot, target, null));
        slot = null;
      }
    } catch (InterruptedException interrupted) {
      // Only stop() interrupts; nobody waits for a batch then.
      Thread.currentThread().interrupt();
    } catch (Throwable failure) {
      // Everything, errors too: whoever waits for the batch must hear of it.
      filled.add(new Filled(null, null, failure));
    } finally {
      if (slot != null) {
        free.add(slot);
      }
    }
  }

  private void stop() {
    Thread running = thread;
    if (running != null) {
      cancelled = true;
      running.interrupt();
      boolean interrupted = false;
      while (running.isAlive()) {
        try {
          running.join();
        } catch (InterruptedException again) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      thread = null;
    }
    for (Filled left = filled.poll(); left != null; left = filled.poll()) {
      if (left.slot() != null) {
        free.add(left.slot());
      }
    }
    if (inUse != null) {
      free.add(inUse);
      inUse = null;
    }
  }

  @Override
  public void close() {
    stop();
  }

  private record Filled(@Nullable Slot slot, @Nullable Batch batch, @Nullable Throwable failure) {}

  /**
   * The arrays of one batch, full size and, over the same memory, the size of a pass's last batch.
   */
  private static final class Slot {
    private final Arrays full;
    private final Arrays last;
    private final List<FloatBuffer> images = new ArrayList<>();

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

    Slot(InputShape shape, int batchSize, int lastSize) {
      INDArray all =
          Nd4j.createUninitialized(
              DataType.FLOAT,
              new long[] {batchSize, shape.channels(), shape.height(), shape.width()},
              'c');
      full = new Arrays(all, batchSize);
      last =
          lastSize == 0 ? full : new Arrays(all.get(NDArrayIndex.interval(0, lastSize)), lastSize);
      FloatBuffer floats = Tensors.floats(all);
      for (int position = 0; position < batchSize; position++) {
        images.add(floats.slice(position * shape.length(), shape.length()));
      }
    }

    /** Returns a batch over the arrays, whose labels and indices are to be written. */
    Batch batch(Split split, int count, int epoch) {
      Arrays arrays = count == full.labels.length ? full : last;
      return new Batch(arrays.images, arrays.labels, split, arrays.indices, epoch);
    }

    /** Returns the memory of the image at a position, in either batch, to be written anew. */
    FloatBuffer image(int position) {
      // A dataset may have written it by relative puts.
      return images.get(position).clear();
    }
  }
}
