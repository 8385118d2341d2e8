package org.roundel.threads;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads that share passes with whoever starts them, one pass at a time.
 *
 * <p>Threads start with the first pass and wait asleep between passes, after spinning for a moment,
 * because passes come in quick succession. A pass makes no objects.
 */
final class Workers {
  /** About 20 microseconds, less than waking a thread takes. */
  private static final int SPINS = 1000;

  private final int threads;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile Thread[] workers = new Thread[0];
  private volatile boolean ended;

  /**
   * The pass's number in the upper half, and how many of its parts nobody has taken in the lower
   * one. Because of the number, a thread that read the fields below for one pass cannot take a part
   * of another.
   */
  private final AtomicLong untaken = new AtomicLong();

  private final AtomicInteger unfinished = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  // Of the pass that is going on; written while no part is left to take.
  private PassThreads.@Nullable Task task;
  private int count;
  private @Nullable Thread caller;

  Workers(int threads) {
    this.threads = threads;
  }

  int threads() {
    return threads;
  }

  /**
   * Runs a pass together with the caller.
   *
   * @return false, after doing nothing, if another pass is going on or the threads have ended
   */
  boolean run(int parts, PassThreads.Task newTask) {
    if (ended || !busy.compareAndSet(false, true)) {
      return false;
    }
    try {
      start();
      task = newTask;
      count = parts;
      caller = Thread.currentThread();
      unfinished.set(parts);
      untaken.set(((untaken.get() >>> 32) + 1) << 32 | parts);
      Thread[] helpers = workers;
      for (int index = 0; index < Math.min(helpers.length, parts - 1); index++) {
        LockSupport.unpark(helpers[index]);
      }
      while (runOne()) {
        // Until all parts are taken.
      }
      for (int spins = 0; unfinished.get() > 0; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
      task = null;
      caller = null;
      rethrow(failure.getAndSet(null));
      return true;
    } finally {
      busy.set(false);
    }
  }

  /** Lets the threads end once they have nothing to do. */
  void end() {
    ended = true;
    // A pass that is just starting finds the threads alive or does all of its work itself.
    for (Thread worker : workers) {
      LockSupport.unpark(worker);
    }
  }

  private void start() {
    if (workers.length > 0) {
      return;
    }
    Thread[] made = new Thread[threads - 1];
    for (int index = 0; index < made.length; index++) {
      made[index] = new Thread(this::work, "chunks-" + (index + 1));
      made[index].setDaemon(true);
      // Not the starter's, which may be a plugin's that is closed one day.
      made[index].setContextClassLoader(Workers.class.getClassLoader());
    }
    // Known before they start, so that end() misses none that sleeps.
    workers = made;
    for (Thread worker : made) {
      worker.start();
    }
  }

  private void work() {
    int spins = 0;
    while (!ended) {
      if (runOne()) {
        spins = 0;
      } else if (++spins < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
        spins = 0;
      }
    }
  }

  /** Takes and does a part; returns false if there was none to take. */
  private boolean runOne() {
    long state = untaken.get();
    int left = (int) state;
    if (left == 0) {
      return false;
    }
    PassThreads.Task taken = task;
    int parts = count;
    Thread waiting = caller;
    if (!untaken.compareAndSet(state, state - 1)) {
      return true;
    }
    try {
      if (taken != null && failure.get() == null) {
        taken.run(parts - left);
      }
    } catch (Throwable thrown) {
      failure.compareAndSet(null, thrown);
    }
    if (unfinished.decrementAndGet() == 0 && waiting != Thread.currentThread()) {
      LockSupport.unpark(waiting);
    }
    return true;
  }

  private static void rethrow(@Nullable Throwable thrown) {
    if (thrown instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown != null) {
      throw new IllegalStateException(thrown);
    }
  }
}
