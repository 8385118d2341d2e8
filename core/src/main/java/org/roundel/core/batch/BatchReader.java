package org.roundel.core.batch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.roundel.api.dataset.Batch;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.Split;
import org.roundel.core.natives.ComputeThreads;

/**
 * Prepares the batches of one pass over a split ahead of time, on background threads.
 *
 * <p>What a batch holds is a function of (seed, epoch, position) alone, so a pass may start
 * anywhere, and any number of threads reads the same. Three sets of arrays are made once and go
 * round: one in use, the others being filled. Used by one thread at a time.
 *
 * <p>One thread reads until {@value #SLOTS} batches in a row had to be waited for, which means that
 * all that was read ahead is used up; then there is one more, for this pass and the next ones. So
 * images that are in memory are read by one, and slow ones by as many as keep up, {@value
 * #MOST_PER_THREAD} for each thread that computes at most: who waits for a disk or a network needs
 * no processor.
 */
public final class BatchReader implements AutoCloseable {
  private static final int SLOTS = 3;
  private static final int MOST_PER_THREAD = 4;

  private final Dataset dataset;
  private final Split split;
  private final int batchSize;
  private final long seed;
  private final int size;
  private final List<BatchSlot> slots;
  private final List<Thread> running = new ArrayList<>();
  private int threads = 1;
  private boolean grows = true;
  private int late;
  private boolean first;
  private @Nullable BatchPass pass;
  private boolean inUse;
  private int remaining;

  public BatchReader(Dataset dataset, Split split, int batchSize, long seed) {
    this.dataset = dataset;
    this.split = split;
    this.size = dataset.size(split);
    this.batchSize = Math.min(batchSize, size);
    this.seed = seed;
    this.slots =
        IntStream.range(0, SLOTS)
            .mapToObj(
                slot -> new BatchSlot(dataset.inputShape(), this.batchSize, size % this.batchSize))
            .toList();
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

  /** Returns how many threads read now. */
  public int threads() {
    return threads;
  }

  /**
   * Has so many threads read from the next pass on, however late they are.
   *
   * @param count at least 1
   */
  public void setThreads(int count) {
    threads = count;
    grows = false;
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
    remaining = batchesPerPass() - firstBatch;
    BatchPass started =
        new BatchPass(new PassImages(dataset, split, seed, epoch), batchSize, slots, firstBatch);
    pass = started;
    first = true;
    for (int thread = 0; thread < threads; thread++) {
      startThread(started);
    }
  }

  private void startThread(BatchPass current) {
    String name =
        String.format(
            Locale.ROOT,
            "roundel-batches-%s-%s",
            split.name().toLowerCase(Locale.ROOT),
            running.size() + 1);
    Thread thread = new Thread(current, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(HeldOutDataset.ofPlugin(dataset).getClass().getClassLoader());
    running.add(thread);
    thread.start();
  }

  /**
   * Returns the next batch of the pass, or null after the last. The batch is valid until the next
   * call.
   *
   * @throws IOException if a file could not be read; where several could not, it is told of the one
   *     that comes first
   * @throws RuntimeException what the dataset threw
   */
  public @Nullable Batch next() throws IOException {
    BatchPass current = pass;
    if (current == null) {
      return null;
    }
    if (inUse) {
      current.giveBack();
      inUse = false;
    }
    if (remaining == 0) {
      stop();
      return null;
    }
    keepUp(current);
    try {
      Batch batch = current.take();
      inUse = true;
      remaining--;
      return batch;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a batch", interrupted);
    } catch (IOException | RuntimeException | Error failed) {
      remaining = 0;
      throw failed;
    }
  }

  /** Adds a thread if reading is slower than who takes the batches. */
  private void keepUp(BatchPass current) {
    if (first) {
      // Nothing was read before it.
      first = false;
      return;
    }
    late = current.isReady() ? 0 : late + 1;
    if (grows && late >= SLOTS && threads < MOST_PER_THREAD * ComputeThreads.count()) {
      late = 0;
      threads++;
      startThread(current);
    }
  }

  private void stop() {
    if (pass == null) {
      return;
    }
    pass.cancel();
    boolean interrupted = false;
    for (Thread thread : running) {
      thread.interrupt();
    }
    for (Thread thread : running) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException again) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    running.clear();
    pass = null;
    inUse = false;
  }

  @Override
  public void close() {
    stop();
  }
}
