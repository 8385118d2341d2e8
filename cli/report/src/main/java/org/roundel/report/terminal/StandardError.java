package org.roundel.report.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
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
    PrintStream given = of(System.getProperty("roundel.errors"));
    if (given != null) {
      System.setErr(given);
    }
  }

  /**
   * Returns a stream to a descriptor that the process was started with. A file must not be opened
   * anew by its name: it would be written at another place than where all others who have it write,
   * and what one of them has written would be lost.
   *
   * @param number the descriptor's
   * @return null if there is none, or Java does not give access; then all goes through the filter,
   *     which loses nothing
   */
  private static @Nullable PrintStream of(@Nullable String number) {
    if (number == null) {
      return null;
    }
    String encoding =
        System.getProperty("stderr.encoding", System.getProperty("sun.stderr.encoding"));
    try {
      Constructor<FileDescriptor> descriptor =
          FileDescriptor.class.getDeclaredConstructor(int.class);
      descriptor.setAccessible(true);
      return new PrintStream(
          new FileOutputStream(descriptor.newInstance(Integer.parseInt(number))),
          true,
          encoding == null ? Charset.defaultCharset() : Charset.forName(encoding));
    } catch (ReflectiveOperationException | RuntimeException closed) {
      return null;
    }
  }
}
