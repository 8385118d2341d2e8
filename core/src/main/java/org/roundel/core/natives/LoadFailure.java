package org.roundel.core.natives;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What the system's loader says, in words that say what to do. */
final class LoadFailure {
  private LoadFailure() {}

  /** Returns the message: where, why, and the way out. */
  static String message(Optional<Path> directory, Throwable failure) {
    Throwable first = first(failure);
    if (first instanceof NumberFormatException number) {
      return "the native libraries read a number from the environment that is none: "
          + number.getMessage()
          + ". Correct OMP_NUM_THREADS, or unset it.";
    }
    String reason = reason(first);
    return String.format(
        Locale.ROOT,
        "the native libraries%s cannot be loaded: %s. %s",
        directory.map(path -> " in " + path).orElse(""),
        reason,
        wayOut(reason));
  }

  /** Returns what went wrong first. */
  private static Throwable first(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    if (message == null || message.isBlank()) {
      return cause.toString();
    }
    // Java and the system's loader each put the file's name first.
    int end = message.indexOf(": ") + 2;
    boolean twice = end > 1 && message.startsWith(message.substring(0, end), end);
    return twice ? message.substring(end) : message;
  }

  private static String wayOut(String reason) {
    if (reason.contains("Cannot allocate memory")) {
      return "This process may use too little memory: raise its limit (ulimit -v).";
    }
    if (reason.contains("failed to map segment") || reason.contains("Operation not permitted")) {
      return "Their file system is mounted noexec, which forbids running code from it: move the"
          + " installation to another.";
    }
    if (reason.contains("GLIBC")) {
      return "This system's C library is too old for them: use a newer system.";
    }
    if (reason.contains("No such file or directory")) {
      return "The system lacks that library: install its package.";
    }
    if (reason.contains("Permission denied")) {
      return "Set right who may read them.";
    }
    return "Install Roundel again, for this operating system and processor.";
  }
}
