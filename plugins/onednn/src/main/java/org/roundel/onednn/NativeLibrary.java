package org.roundel.onednn;

import org.jspecify.annotations.Nullable;
import org.roundel.onednn.memory.Device;

/** Whether oneDNN can be used on this machine. Safe for several threads. */
public final class NativeLibrary {
  private NativeLibrary() {}

  /**
   * What is wrong with it.
   *
   * @param reason what the loader says, the file's name in it
   * @param installed whether the library is there: then it is broken, else there is none for this
   *     platform
   */
  public record Problem(String reason, boolean installed) {}

  private static final class Attempt {
    private static final @Nullable Problem PROBLEM = load();

    @SuppressWarnings("try") // Opening it is the attempt.
    private static @Nullable Problem load() {
      try (Device device = new Device()) {
        return null;
      } catch (LinkageError | RuntimeException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
          cause = cause.getCause();
        }
        // So JavaCPP says that no place has the file.
        boolean absent = String.valueOf(cause.getMessage()).startsWith("Could not find jnidnnl");
        return new Problem(cause.toString(), !absent);
      }
    }
  }

  /** Returns why oneDNN cannot be used, null if it can. The first call loads it. */
  public static @Nullable Problem problem() {
    return Attempt.PROBLEM;
  }
}
