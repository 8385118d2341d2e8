package org.roundel.sweep.lease;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.roundel.core.run.IoFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to train a cell, for as long as it is renewed. A thread of its own does that; the
 * thread that trains asks {@link #requireHeld} before it goes on, and closes it at the end.
 */
public final class Lease implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Lease.class);

  private final String cell;
  private final LeaseFiles files;
  private final long number;
  private final LongSupplier nanoTime;
  private final long settledAt;
  private final CountDownLatch closed = new CountDownLatch(1);

  private LeaseRecord record;
  private long renewedAt;
  private boolean lost;
  private @Nullable IOException failure;

  /**
   * Makes one of a generation that the caller has made.
   *
   * @param record what the file says now
   * @param settlingNanos for how long nothing may be done with it
   */
  Lease(
      String cell,
      LeaseFiles files,
      long number,
      LeaseRecord record,
      LongSupplier nanoTime,
      long settlingNanos) {
    this.cell = cell;
    this.files = files;
    this.number = number;
    this.record = record;
    this.nanoTime = nanoTime;
    this.renewedAt = nanoTime.getAsLong();
    this.settledAt = renewedAt + settlingNanos;
  }

  /** Renews it from now on, on a thread of its own. */
  void start() {
    Thread thread = new Thread(this::beat, "lease of " + cell);
    thread.setDaemon(true);
    thread.start();
  }

  private void beat() {
    try {
      while (!closed.await(record().millis(), TimeUnit.MILLISECONDS)) {
        renew();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized LeaseRecord record() {
    return record;
  }

  /** Shows that this process is there, and looks whether it has been taken for dead. */
  synchronized void renew() {
    if (lost || closed.getCount() == 0) {
      return;
    }
    long began = nanoTime.getAsLong();
    try {
      // The file is this process's alone, so nobody's newer claim can be written over.
      files.replace(number, record.next());
      record = record.next();
      if (files.exists(number + 1)) {
        lost = true;
      } else {
        renewedAt = began;
        failure = null;
      }
    } catch (IOException failed) {
      // Tried again at the next beat.
      failure = failed;
      logger.debug("the lease of {} could not be renewed", cell, failed);
    }
  }

  /**
   * Returns whether the cell was taken from one who was silent and may yet notice it. Until then
   * its run must not be touched.
   */
  public boolean isSettling() {
    return nanoTime.getAsLong() - settledAt < 0;
  }

  /**
   * Makes sure that the cell is still this process's. After a long silence, as of a process that
   * was stopped, the files are asked at once.
   *
   * @throws LeaseLostException if it is not, or nobody can tell
   */
  public synchronized void requireHeld() {
    if (isOverdue()) {
      renew();
    }
    if (lost) {
      throw new LeaseLostException(
          "the training of "
              + cell
              + " was taken over by "
              + successor()
              + " while this process did not respond; it stops here and writes nothing more"
              + " into that run",
          null);
    }
    if (isOverdue()) {
      throw unrenewed();
    }
  }

  /**
   * Asks the files now, before something that cannot be taken back.
   *
   * @throws LeaseLostException if the cell is not this process's, or nobody can tell
   */
  public synchronized void confirm() {
    renew();
    requireHeld();
    if (failure != null) {
      throw unrenewed();
    }
  }

  private LeaseLostException unrenewed() {
    IOException reason = failure;
    String words = reason == null ? "no answer" : IoFailure.describe(reason);
    return new LeaseLostException(
        "the lease of " + cell + " can no longer be renewed: " + words, reason);
  }

  private boolean isOverdue() {
    long silence = TimeUnit.MILLISECONDS.toNanos(record.millis()) * Leases.SILENT_BEATS / 2;
    return nanoTime.getAsLong() - renewedAt > silence;
  }

  private String successor() {
    try {
      LeaseRecord newest = files.newest().record();
      return newest == null ? "another process" : newest.owner().place();
    } catch (IOException unknown) {
      return "another process";
    }
  }

  /** Lets go of the cell, so that it is anybody's at once. */
  @Override
  public synchronized void close() {
    if (closed.getCount() == 0) {
      return;
    }
    closed.countDown();
    if (lost) {
      return;
    }
    try {
      files.replace(number, record.release());
    } catch (IOException failed) {
      logger.debug("the lease of {} runs out by itself", cell, failed);
    }
  }
}
