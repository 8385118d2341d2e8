package org.roundel.onednn;

import org.roundel.onednn.net.OpenMp;

/** Keeps OpenMP's number by thread, as OpenMP does, which is told nothing of it. */
public final class CountedThreads implements OpenMp {
  /** What a thread has that never said otherwise. */
  public static final int AT_FIRST = 7;

  private final ThreadLocal<Integer> count = ThreadLocal.withInitial(() -> AT_FIRST);

  @Override
  public int threads() {
    return count.get();
  }

  @Override
  public void setThreads(int threads) {
    count.set(threads);
  }
}
