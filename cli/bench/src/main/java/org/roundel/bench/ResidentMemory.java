package org.roundel.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory this process occupies, from Linux's {@code /proc/self/status}. */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ResidentMemory() {}

  /** Returns mebibytes now. */
  static double now() {
    return read("VmRSS:");
  }

  /** Returns the most mebibytes so far. */
  static double peak() {
    return read("VmHWM:");
  }

  /** Returns mebibytes of mapped files now, native libraries for the most part. */
  static double files() {
    return read("RssFile:");
  }

  private static double read(String key) {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(key)) {
          return Long.parseLong(line.substring(key.length()).replaceAll("\\D", "")) / 1024.0;
        }
      }
      throw new IllegalStateException(STATUS + " has no line " + key);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the measurement needs Linux's /proc", unreadable);
    }
  }
}
