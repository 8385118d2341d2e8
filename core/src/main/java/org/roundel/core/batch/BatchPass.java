package org.roundel.core.batch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.api.dataset.Augmentation;
import org.roundel.api.dataset.Batch;

/**
 * One pass over a split, read by any number of threads and taken by one.
 *
 * <p>Reading threads take the images one by one, in the order of the pass, and put each into its
 * place, so it does not matter which of them reads which. A batch's images are read when the batch
 * that had its arrays before has been given back.
 *
 * <p>After a failure no further images are begun. The one that is told is that of the earliest
 * position, once all images before it are there: the same for any number of threads.
 */
final class BatchPass implements Runnable {
  private final PassImages images;
  private final int batchSize;
  private final List<BatchSlot> slots;
  private final List<Reading> readings = new ArrayList<>();
  private int next;
  private int taken;
  private boolean cancelled;
  private @Nullable Throwable failure;
  private int failedAt;

  /** What one thread is about. */
  private static final class Reading {
    private static final int NOTHING = Integer.MAX_VALUE;

    private int position = NOTHING;
  }

  /**
   * Makes a pass.
   *
   * @param slots the arrays that go round, in use by no other pass
   * @param firstBatch how many batches are left out at the beginning
   */
  BatchPass(PassImages images, int batchSize, List<BatchSlot> slots, int firstBatch) {
    this.images = images;
    this.batchSize = batchSize;
    this.slots = slots;
    this.taken = firstBatch;
    this.next = Math.min(firstBatch * batchSize, images.size());
    slots.forEach(BatchSlot::clear);
  }

  /** Reads images until none is left, one cannot be read, or {@link #cancel} is called. */
  @Override
  public void run() {
    Reading own = new Reading();
    try {
      Augmentation augmentation = images.augmentation();
      begin(own);
      while (claim(own)) {
        int place = own.position % batchSize;
        BatchSlot slot = slot(own.position / batchSize);
        images.read(own.position, slot.batch(), place, augmentation, slot.image(place));
        done(own);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      failUnlessCancelled(own, interrupted);
    } catch (Throwable thrown) {
      // Everything, errors too: whoever waits for the batch must hear of it.
      fail(own, thrown);
    }
  }

  private synchronized void begin(Reading own) {
    readings.add(own);
  }

  /** Waits for the next image that is to be read; false if there is none. */
  private synchronized boolean claim(Reading own) throws InterruptedException {
    while (!cancelled && failure == null && next < images.size()) {
      int batch = next / batchSize;
      if (batch < taken + slots.size()) {
        own.position = next;
        if (next % batchSize == 0) {
          int count = Math.min(batchSize, images.size() - next);
          slot(batch).begin(batch, images.split(), count, images.epoch());
        }
        next++;
        return true;
      }
      wait();
    }
    return false;
  }

  private synchronized void done(Reading own) {
    BatchSlot slot = slot(own.position / batchSize);
    slot.add();
    if (slot.holds(own.position / batchSize) || failure != null) {
      notifyAll();
    }
    own.position = Reading.NOTHING;
  }

  private synchronized void fail(Reading own, Throwable thrown) {
    int position = Math.min(own.position, next);
    if (failure == null || position < failedAt) {
      failure = thrown;
      failedAt = position;
    }
    own.position = Reading.NOTHING;
    notifyAll();
  }

  /** Who cancels interrupts, and waits for no batch; a dataset that does so must be heard of. */
  private synchronized void failUnlessCancelled(Reading own, InterruptedException interrupted) {
    if (!cancelled) {
      fail(
          own,
          new IllegalStateException("a thread that reads images was interrupted", interrupted));
    }
  }

  private BatchSlot slot(int batch) {
    return slots.get(batch % slots.size());
  }

  /** Returns whether {@link #take} would not wait. */
  synchronized boolean isReady() {
    return slot(taken).holds(taken) || hasFailed();
  }

  /** Whether the next batch will never be there, and nothing can change why. */
  private boolean hasFailed() {
    if (failure == null || failedAt / batchSize > taken) {
      return false;
    }
    for (Reading reading : readings) {
      if (reading.position < failedAt) {
        return false;
      }
    }
    return true;
  }

  /**
   * Waits for the next batch and returns it. It is in use until it is given back.
   *
   * @throws IOException if a file could not be read
   * @throws RuntimeException what the dataset threw
   */
  synchronized Batch take() throws IOException, InterruptedException {
    while (!isReady()) {
      wait();
    }
    if (hasFailed()) {
      throw rethrown(failure);
    }
    return slot(taken).batch();
  }

  private static IOException rethrown(@Nullable Throwable failure) {
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof IOException checked ? checked : new IOException(failure);
  }

  /** Gives the batch back that was taken last. */
  synchronized void giveBack() {
    taken++;
    notifyAll();
  }

  /** Lets no further images be begun. */
  synchronized void cancel() {
    cancelled = true;
    notifyAll();
  }
}
