package org.roundel.kit.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.roundel.kit.rule.RuleViolation;
import org.roundel.threads.PassThreads;

/** Runs the same work from several threads, or on several. */
public final class Threads {
  private static final int COUNT = 4;

  private Threads() {}

  /** Returns the tasks' results, computed from several threads at a time. */
  public static <T> List<T> call(List<Callable<T>> tasks) throws Exception {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            COUNT,
            task -> {
              Thread thread = new Thread(task, "contract-kit");
              // A component that hangs does not keep the program from ending.
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(tasks)) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuleViolation violation) {
        throw violation;
      }
      throw RuleViolation.thrown(
          failed.getCause() == null ? failed : failed.getCause(), "a call from a thread");
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * Checks that a computation gives the same bits on 1 to 4 threads of {@link
   * org.roundel.api.Chunks}.
   */
  public static void requireSameOnAny(Callable<int[]> computation) throws Exception {
    int before = PassThreads.count();
    try {
      PassThreads.setCount(1);
      int[] alone = computation.call();
      for (int threads = 2; threads <= COUNT; threads++) {
        PassThreads.setCount(threads);
        RuleViolation.requireSame(computation.call(), alone, threads + " threads");
      }
    } finally {
      PassThreads.setCount(before);
    }
  }
}
