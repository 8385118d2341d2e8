package org.roundel.core.plugin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

  private EntryThread() {}

  /**
   * Runs code of a plugin, with the plugin's class loader as the context class loader.
   *
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
      return await(task, limit);
    } catch (TimeoutException late) {
      late.setStackTrace(thread.getStackTrace());
      thread.interrupt();
      throw hanging(location, classLoader, limit, late);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("the plugins' own faults are caught", failed.getCause());
    }
  }

  /** Waits although the caller is interrupted: the wait is short, and the interrupt is kept. */
  private static <T> T await(FutureTask<T> task, Duration limit)
      throws TimeoutException, ExecutionException {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static PluginFault hanging(
      Path location, PluginClassLoader classLoader, Duration limit, TimeoutException late) {
    StringBuilder what = new StringBuilder("it did not load within ");
    what.append(limit.toSeconds()).append(" s");
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
