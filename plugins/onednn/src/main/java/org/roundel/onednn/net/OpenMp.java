package org.roundel.onednn.net;

/**
 * How many threads OpenMP gives to what the calling thread runs; it keeps the number by thread. May
 * be called from any thread.
 */
public interface OpenMp {
  /** Returns the calling thread's number, at least 1. */
  int threads();

  /** Sets the calling thread's number, at least 1. */
  void setThreads(int threads);
}
