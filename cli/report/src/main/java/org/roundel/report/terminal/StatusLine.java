package org.roundel.report.terminal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The last line of a terminal, which says how far something is and is written over and over; where
 * there is no terminal, nothing is drawn. There is one per terminal, and all that is printed there
 * meanwhile goes through {@link #above}. For any number of threads.
 *
 * <p>Only blanks and carriage returns move it: there are terminals that know no more.
 */
public final class StatusLine implements AutoCloseable {
  private static final long NANOS_BETWEEN_DRAWINGS = 250_000_000L;

  /** A character in the last column makes some terminals go to the next line, and ^C needs two. */
  private static final int MARGIN = 3;

  /**
   * Scripts with characters that are two columns wide begin here. A few narrow ones follow, which
   * only makes a line that has them end early.
   */
  private static final int FIRST_WIDE = 0x1100;

  private final PrintStream screen;
  private final int columns;
  private final LongSupplier nanoTime;
  private @Nullable String text;
  private long lastDrawing;
  private boolean onNewLine = true;
  private boolean closed;

  /**
   * Makes one.
   *
   * @param screen where it is drawn
   * @param columns the terminal's width; empty if it is none
   * @param nanoTime as {@link System#nanoTime}
   */
  public StatusLine(PrintStream screen, OptionalInt columns, LongSupplier nanoTime) {
    this.screen = screen;
    this.columns = columns.orElse(0);
    this.nanoTime = nanoTime;
  }

  /**
   * Makes the one of this process, and takes the place of {@link System#err} so that nothing mixes
   * with it.
   */
  public static StatusLine ofProcess() {
    PrintStream screen = System.err;
    StatusLine line = new StatusLine(screen, Terminal.columns(), System::nanoTime);
    if (line.columns > 0) {
      System.setErr(
          new PrintStream(
              new BufferedOutputStream(line.above(screen)),
              true,
              StandardOutput.encoding("stderr")));
    }
    return line;
  }

  /** Makes one of no terminal. */
  public static StatusLine none() {
    return new StatusLine(
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        OptionalInt.empty(),
        () -> 0);
  }

  /** Returns the terminal's width; 0 if there is none. */
  int columns() {
    return columns;
  }

  /** Returns whether there is a terminal that it is drawn on. */
  public boolean isShown() {
    return columns > MARGIN;
  }

  /**
   * Draws the line, unless it stands there since less than a quarter of a second.
   *
   * @param line asked only if it is drawn; gets how many columns it may fill, and is cut to them
   */
  public void draw(IntFunction<String> line) {
    if (columns > 0) {
      drawIfDue(line);
    }
  }

  private synchronized void drawIfDue(IntFunction<String> line) {
    if (text == null || nanoTime.getAsLong() - lastDrawing >= NANOS_BETWEEN_DRAWINGS) {
      drawNow(line);
    }
  }

  /** Draws the line whenever the last time was: for what stands there long. */
  public synchronized void drawNow(IntFunction<String> line) {
    int room = columns - MARGIN;
    if (room <= 0 || closed) {
      return;
    }
    lastDrawing = nanoTime.getAsLong();
    text = cut(line.apply(room), room);
    show();
  }

  /** Takes the line away; it may be drawn again. */
  public synchronized void clear() {
    hide();
    text = null;
  }

  /** Takes the line away for good. */
  @Override
  public synchronized void close() {
    clear();
    closed = true;
  }

  /** Returns a stream to the same terminal whose lines appear above this one. */
  OutputStream above(OutputStream destination) {
    return columns == 0 ? destination : new OutputAbove(this, destination);
  }

  /** Makes room for what is written, and stands below it once that ends with a line's end. */
  synchronized void write(OutputStream destination, byte[] bytes, int offset, int length)
      throws IOException {
    hide();
    destination.write(bytes, offset, length);
    destination.flush();
    onNewLine = bytes[offset + length - 1] == '\n';
    show();
  }

  private void show() {
    if (text != null && onNewLine) {
      screen.print(blank() + text);
      screen.flush();
    }
  }

  private void hide() {
    if (text != null && onNewLine) {
      screen.print(blank());
      screen.flush();
    }
  }

  private String blank() {
    return "\r" + " ".repeat(columns - 1) + "\r";
  }

  static String cut(String text, int room) {
    int width = 0;
    int end = 0;
    while (end < text.length()) {
      int character = text.codePointAt(end);
      width += character < FIRST_WIDE ? 1 : 2;
      if (width > room) {
        break;
      }
      end += Character.charCount(character);
    }
    return text.substring(0, end);
  }
}
