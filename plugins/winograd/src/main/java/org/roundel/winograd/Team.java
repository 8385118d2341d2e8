package org.roundel.winograd;

/** Threads that share a pass. Used by one thread at a time. */
public interface Team {
  /** What is done with each part of a pass. */
  @FunctionalInterface
  interface Task {
    /**
     * Does one part, counted from 0; called from several threads at a time, for each part once.
     * Parts may also be done one after the other.
     */
    void run(int part);
  }

  /** Returns how many threads there are, at least 1. */
  int size();

  /** Does all parts, and returns when all are done and seen by the caller. */
  void run(int parts, Task task);
}
