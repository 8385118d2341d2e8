package org.roundel.report.terminal;

import java.io.Console;
import java.io.PrintStream;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Where the program writes.
 *
 * @param out results and progress lines
 * @param err errors and warnings
 * @param colors whether {@code out} shows ANSI colors
 * @param statusLine what is drawn on the terminal behind {@code err}
 */
public record Terminal(PrintStream out, PrintStream err, boolean colors, StatusLine statusLine) {
  /** The width that is kept to where the real one is unknown. */
  public static final int DEFAULT_COLUMNS = 80;

  /**
   * Returns the terminal of this process. The start script knows best what is one and says so in
   * system properties; without its word, both streams or none must be a console.
   *
   * @param out the process' standard output
   */
  public static Terminal ofProcess(PrintStream out, StatusLine statusLine) {
    boolean colors = wantsColors(System.getenv("NO_COLOR"), System.getenv("TERM"));
    return new Terminal(out, System.err, colors && showsOut(), statusLine);
  }

  /** Returns whether there may be colors; an empty NO_COLOR does not count, by its convention. */
  static boolean wantsColors(@Nullable String noColor, @Nullable String term) {
    return (noColor == null || noColor.isEmpty()) && !"dumb".equals(term);
  }

  /** Returns how wide lines may be: what the terminal has, or what is usual where there is none. */
  public int width() {
    return statusLine.isShown() ? statusLine.columns() : DEFAULT_COLUMNS;
  }

  /** Returns what colors text for {@code out}. */
  public Paint paint() {
    return new Paint(colors);
  }

  /** Returns what colors text for {@code err}. */
  public Paint errorPaint() {
    return new Paint(colors && statusLine.isShown());
  }

  /** Returns whether the process' standard output is a terminal. */
  static boolean showsOut() {
    String shows = System.getProperty("roundel.terminal.out");
    return shows == null ? isConsole(System.console()) : shows.equals("true");
  }

  /** Returns the width of the terminal behind the process' error stream; empty if it is none. */
  static OptionalInt columns() {
    String columns = System.getProperty("roundel.terminal.columns");
    return width(columns, columns == null && isConsole(System.console()));
  }

  static OptionalInt width(@Nullable String columns, boolean console) {
    if (columns == null) {
      return console ? OptionalInt.of(DEFAULT_COLUMNS) : OptionalInt.empty();
    }
    if (!columns.matches("[0-9]{1,5}")) {
      return OptionalInt.empty();
    }
    int width = Integer.parseInt(columns);
    // Some terminals do not know their size and say 0.
    return OptionalInt.of(width == 0 ? DEFAULT_COLUMNS : width);
  }

  /** From Java 22 on there is always a console object, which has to be asked. */
  private static boolean isConsole(@Nullable Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException olderJava) {
      return true;
    } catch (ReflectiveOperationException unknown) {
      return false;
    }
  }
}
