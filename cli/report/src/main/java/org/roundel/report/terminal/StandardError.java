package org.roundel.report.terminal;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** The process' standard error stream. */
public final class StandardError {
  private StandardError() {}

  /**
   * Makes {@link System#err} what the start script was given as standard error: it puts a filter
   * between that and Java's own, for what Java itself says.
   */
  public static void ofProcess() {
    PrintStream given = open(System.getProperty("roundel.errors"));
    if (given != null) {
      System.setErr(given);
    }
  }

  /**
   * Opens a file or a device to write behind what is there already.
   *
   * @return null if there is none, or it may not be opened, as one of another user; then all goes
   *     through the filter, which loses nothing
   */
  static @Nullable PrintStream open(@Nullable String name) {
    if (name == null) {
      return null;
    }
    String encoding =
        System.getProperty("stderr.encoding", System.getProperty("sun.stderr.encoding"));
    try {
      return new PrintStream(
          new FileOutputStream(name, true),
          true,
          encoding == null ? Charset.defaultCharset() : Charset.forName(encoding));
    } catch (IOException closed) {
      return null;
    }
  }
}
