package org.roundel.core.plugin;

import org.jspecify.annotations.Nullable;

/**
 * Makes a class loader the current thread's context class loader until it is closed.
 *
 * <p>For try-with-resources, on the thread that opened it:
 *
 * <pre>{@code
 * ThreadContextClassLoader context = ThreadContextClassLoader.of(selected.classLoader());
 * try (context) {
 *   …
 * }
 * }</pre>
 */
public final class ThreadContextClassLoader implements AutoCloseable {
  private final Thread thread;
  private final @Nullable ClassLoader before;

  private ThreadContextClassLoader(Thread thread, @Nullable ClassLoader before) {
    this.thread = thread;
    this.before = before;
  }

  /** Swaps the current thread's context class loader. */
  public static ThreadContextClassLoader of(ClassLoader classLoader) {
    Thread thread = Thread.currentThread();
    ThreadContextClassLoader swapped =
        new ThreadContextClassLoader(thread, thread.getContextClassLoader());
    thread.setContextClassLoader(classLoader);
    return swapped;
  }

  /** Puts back the loader that was there before. */
  @Override
  public void close() {
    thread.setContextClassLoader(before);
  }
}
