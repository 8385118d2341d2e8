package org.roundel.core.plugin.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.roundel.core.plugin.failure.PluginFailure;
import org.roundel.core.plugin.failure.PluginFault;

/**
 * Runs a plugin's code on a daemon thread of its own, and goes on without the plugin if it hangs.
 *
 * <p>A thread that hangs cannot be ended: it is interrupted and left behind, with nothing that
 * anyone else uses.
 */
final class EntryThread {
  private static final String HINT =
      "A plugin must say at once what it offers; what takes time belongs into a factory's create."
          + " Remove the plugin, and tell its author.";

  /**
   * How many times as long a thread may take that is running, not waiting: on a machine with too
   * much other work a whole plugin may be slow.
   */
  private static final int PATIENCE = 6;

  private EntryThread() {}

  /**
   * Runs code of a plugin, with the plugin's class loader as the context class loader.
   *
   * @param limit how long it may take; six times as long while it computes
   * @throws PluginFault if it has not ended after that time; says where it hangs
   */
  static <T> T run(
      Path location, PluginClassLoader classLoader, Duration limit, Callable<T> entering)
      throws PluginFault {
    FutureTask<T> task = new FutureTask<>(entering);
    Thread thread = new Thread(task, "plugin " + classLoader.getName());
    thread.setDaemon(true);
    thread.setContextClassLoader(classLoader);
    thread.start();
    try {
      return await(task, thread, limit);
    } catch (TimeoutException late) {
      late.setStackTrace(thread.getStackTrace());
      thread.interrupt();
      throw hanging(location, classLoader, late);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("the plugins' own faults are caught", failed.getCause());
    }
  }

  /** Waits although the caller is interrupted: the wait is short, and the interrupt is kept. */
  private static <T> T await(FutureTask<T> task, Thread thread, Duration limit)
      throws TimeoutException, ExecutionException {
    long start = System.nanoTime();
    long deadline = start + limit.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException later) {
          interrupted = true;
        } catch (TimeoutException late) {
          long last = start + limit.multipliedBy(PATIENCE).toNanos();
          boolean goesOn = task.isDone() || thread.getState() == Thread.State.RUNNABLE;
          if (!goesOn || deadline == last) {
            throw new TimeoutException(Duration.ofNanos(deadline - start).toSeconds() + " s");
          }
          deadline = last;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static PluginFault hanging(
      Path location, PluginClassLoader classLoader, TimeoutException late) {
    StringBuilder what = new StringBuilder("it did not load within ");
    what.append(late.getMessage());
    String className = null;
    StackTraceElement[] stack = late.getStackTrace();
    for (int index = 0; index < stack.length && className == null; index++) {
      StackTraceElement frame = stack[index];
      if (classLoader.hasLoaded(frame.getClassName())) {
        className = frame.getClassName();
        what.append(": it hangs in ").append(name(frame)).append(" (").append(line(frame));
        what.append(')');
        if (index > 0) {
          what.append(", which calls ").append(name(stack[index - 1]));
        }
      }
    }
    return new PluginFault(
        new PluginFailure(location, className, null, what.toString(), late, HINT));
  }

  private static String name(StackTraceElement frame) {
    return frame.getClassName() + "." + frame.getMethodName();
  }

  private static String line(StackTraceElement frame) {
    return frame.getFileName() == null
        ? "unknown source"
        : frame.getFileName() + ":" + frame.getLineNumber();
  }
}
