package org.roundel.report.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The process' standard output, which keeps in mind that a write to it failed: a {@link
 * PrintStream} says nothing of that to those who print.
 */
public final class StandardOutput {
  /** Where Linux says what a process' standard output is. */
  private static final Path LINK = Path.of("/proc/self/fd/1");

  private final Watched watched;
  private final PrintStream stream;
  private final boolean pipe;

  /**
   * Makes one.
   *
   * @param pipe whether another process reads it
   */
  StandardOutput(OutputStream destination, Charset encoding, boolean pipe) {
    this.watched = new Watched(destination);
    this.pipe = pipe;
    this.stream = new PrintStream(new BufferedOutputStream(watched), true, encoding);
  }

  /**
   * Takes the place of {@link System#out}, in its encoding.
   *
   * @param statusLine what it must not mix with
   */
  public static StandardOutput ofProcess(StatusLine statusLine) {
    OutputStream destination = new FileOutputStream(FileDescriptor.out);
    StandardOutput output =
        new StandardOutput(
            Terminal.showsOut() ? statusLine.above(destination) : destination,
            encoding("stdout"),
            isPipe());
    System.setOut(output.stream);
    return output;
  }

  /** Returns the encoding of one of the process' streams, {@code stdout} or {@code stderr}. */
  static Charset encoding(String stream) {
    // The names under which Java keeps it from 19 on, and before.
    String encoding =
        System.getProperty(stream + ".encoding", System.getProperty("sun." + stream + ".encoding"));
    return encoding == null ? Charset.defaultCharset() : Charset.forName(encoding);
  }

  /** Returns where to print. */
  public PrintStream stream() {
    return stream;
  }

  /**
   * Writes what is still held back, and returns why a write failed.
   *
   * @return null if none did, or the reader just did not want more, as {@code head} does not
   */
  public @Nullable IOException failure() {
    stream.flush();
    IOException failure = watched.failure;
    return failure == null || readerHasGone(failure) ? null : failure;
  }

  /** The system's words for it may be in the user's language, so what it is counts too. */
  private boolean readerHasGone(IOException failure) {
    return pipe || String.valueOf(failure.getMessage()).contains("roken pipe");
  }

  private static boolean isPipe() {
    try {
      String target = Files.readSymbolicLink(LINK).toString();
      return target.startsWith("pipe:") || target.startsWith("socket:");
    } catch (IOException | UnsupportedOperationException notLinux) {
      return false;
    }
  }

  /** Remembers the first failure; after it, nothing more is tried. */
  private static final class Watched extends OutputStream {
    private final OutputStream destination;
    private volatile @Nullable IOException failure;

    private Watched(OutputStream destination) {
      this.destination = destination;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (failure != null) {
        return;
      }
      try {
        destination.write(bytes, offset, length);
      } catch (IOException failed) {
        failure = failed;
      }
    }
  }
}
