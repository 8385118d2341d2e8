package org.roundel.cli.error;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MemoryLimit;

/** Says which memory ran out and what to do, however deep an {@link OutOfMemoryError} lies. */
final class MemoryExhaustion {
  /** A chain of causes that is longer leads in a circle. */
  private static final int MOST_CAUSES = 100;

  private static final long MEBIBYTE = 1 << 20;
  private static final long SMALLEST_ADVICE = 256;
  private static final int SHOWN = 200;

  private MemoryExhaustion() {}

  /** Returns a message; null if memory is not what ran out. */
  static @Nullable String explain(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof OutOfMemoryError) {
        return explain(message);
      }
      // What a static initializer met is kept as text where its class is asked for again.
      if (cause instanceof ExceptionInInitializerError
          && message.contains(OutOfMemoryError.class.getName() + ": ")) {
        return explain(message.substring(message.indexOf(": ") + 2));
      }
      cause = cause.getCause();
    }
    return null;
  }

  private static String explain(String message) {
    if (message.startsWith("Java heap space")
        || message.startsWith("GC overhead limit")
        || message.startsWith("Requested array size")) {
      return heap(Runtime.getRuntime().maxMemory() / MEBIBYTE);
    }
    if (message.startsWith("unable to create native thread")) {
      return "no thread can be started: the limit on processes and threads is reached, or memory is"
          + " used up. Raise the limit (ulimit -u), or compute with fewer: --threads 1";
    }
    return String.format(
        Locale.ROOT,
        "memory ran out outside the Java heap: %s. Use a smaller batch-size or a narrower net, or"
            + " end other programs%s",
        message.length() <= SHOWN ? message : message.substring(0, SHOWN) + "…",
        limit());
  }

  private static String heap(long mebibytes) {
    long more = Math.max(SMALLEST_ADVICE, 2 * mebibytes);
    return String.format(
        Locale.ROOT,
        "memory ran out: the Java heap is full, and holds at most %s MiB. It has the images: give"
            + " it more, as in ROUNDEL_OPTS=-Xmx%sm, or keep fewer with dataset.train-limit and"
            + " dataset.test-limit%s",
        mebibytes,
        more,
        limit());
  }

  private static String limit() {
    Optional<MemoryLimit> limit = MemoryLimit.ofProcess();
    return limit.isPresent() ? ". Heap and arrays together are " + limit.get().words() : "";
  }
}
