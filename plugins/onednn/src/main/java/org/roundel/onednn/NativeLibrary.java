package org.roundel.onednn;

import org.jspecify.annotations.Nullable;

/** Whether oneDNN can be used on this machine. Safe for several threads. */
public final class NativeLibrary {
  private NativeLibrary() {}

  private static final class Attempt {
    private static final @Nullable String PROBLEM = load();

    @SuppressWarnings("try") // Opening it is the attempt.
    private static @Nullable String load() {
      try (Device device = new Device()) {
        return null;
      } catch (LinkageError | RuntimeException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
          cause = cause.getCause();
        }
        return cause.toString();
      }
    }
  }

  /** Returns why oneDNN cannot be used, null if it can. The first call loads it. */
  public static @Nullable String problem() {
    return Attempt.PROBLEM;
  }
}
