package org.roundel.core.training;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.roundel.api.Chunks;

/** How many threads a run computes with. */
final class ComputeThreads {
  private ComputeThreads() {}

  /**
   * Sets how many threads the passes over weights and everything native share from now on. OpenMP
   * keeps its count by thread, so this is called by the thread that trains.
   *
   * @param wanted 0 for one per processor
   */
  static void set(int wanted) {
    int threads = wanted == 0 ? Runtime.getRuntime().availableProcessors() : wanted;
    Chunks.setThreads(threads);
    // Each of the three counts for itself: ND4J's own loops, its matrix products, and the rest of
    // OpenMP, oneDNN among it. ND4J's setMaxThreads has no effect after the start.
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    Nd4j.factory().blas().setMaxThreads(threads);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
  }

  /** Returns how many threads are in use. */
  static int count() {
    return Chunks.threads();
  }
}
