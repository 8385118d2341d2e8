package org.roundel.threads;

/**
 * How many threads share a pass over arrays, for the whole program: the processors' number until
 * the program says otherwise. All methods may be called from any thread.
 */
public final class PassThreads {
  private static volatile Workers workers = new Workers(Runtime.getRuntime().availableProcessors());

  private PassThreads() {}

  /** What is done with each part of a pass. */
  @FunctionalInterface
  public interface Task {
    /** Does one part, counted from 0; called from several threads at a time. */
    void run(int part);
  }

  /** Returns how many threads share a pass, the caller among them. */
  public static int count() {
    return workers.threads();
  }

  /**
   * Sets how many threads share a pass.
   *
   * @param threads at least 1, the caller among them
   */
  public static synchronized void setCount(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads; allowed: at least 1");
    }
    if (threads != workers.threads()) {
      Workers former = workers;
      workers = new Workers(threads);
      former.end();
    }
  }

  /**
   * Does a pass's parts together with the other threads, and returns when all are done and seen by
   * the caller. If one throws, the rest is left out and the call throws it.
   *
   * @return false, after doing nothing, if there are no other threads or another pass is going on
   */
  public static boolean run(int parts, Task task) {
    Workers current = workers;
    return current.threads() > 1 && current.run(parts, task);
  }
}
