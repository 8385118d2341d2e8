package org.roundel.core.natives;

import java.util.Locale;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunSettings;
import org.roundel.threads.PassThreads;

/** How many threads a run computes with. */
public final class ComputeThreads {
  /** Four threads on one processor are several times slower than one already. */
  private static final int MOST_PER_PROCESSOR = 4;

  private ComputeThreads() {}

  /**
   * Checks a number of threads against the processors that this process may use; a container's
   * limit counts.
   *
   * @param wanted 0 for one per processor
   * @throws RoundelException if there would be so many that they mostly wait for one another
   */
  public static void require(int wanted) {
    require(wanted, Runtime.getRuntime().availableProcessors());
  }

  /** Returns whether {@link #require(int)} accepts a number. */
  public static boolean isAllowed(int wanted) {
    return wanted <= MOST_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
  }

  public static void require(int wanted, int processors) {
    int most = MOST_PER_PROCESSOR * processors;
    if (wanted > most) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "%s is %s; allowed here: 0 to %s, %s for each processor that this process may use"
                  + " (%s), because more of them only wait for one another. Give --threads 0 for"
                  + " one per processor.",
              RunSettings.THREADS.name(),
              wanted,
              most,
              MOST_PER_PROCESSOR,
              processors));
    }
  }

  /**
   * Sets how many threads the passes over weights and everything native share from now on. OpenMP
   * keeps its count by thread, so this is called by the thread that trains.
   *
   * @param wanted 0 for one per processor
   * @throws RoundelException as {@link #require} does, or if the native libraries cannot be used
   */
  public static void set(int wanted) {
    require(wanted);
    NativeLibraries.load();
    int threads = wanted == 0 ? Runtime.getRuntime().availableProcessors() : wanted;
    PassThreads.setCount(threads);
    // Each of the three counts for itself: ND4J's own loops, its matrix products, and the rest of
    // OpenMP, a toolkit's kernels among it. ND4J's setMaxThreads has no effect after the start.
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    Nd4j.factory().blas().setMaxThreads(threads);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
  }

  /** Returns how many threads are in use. */
  public static int count() {
    return PassThreads.count();
  }
}
