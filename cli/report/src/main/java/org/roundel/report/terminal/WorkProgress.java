package org.roundel.report.terminal;

import java.io.PrintStream;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far long work is, with the time it still takes: one line of the terminal, written over
 * and over, and nothing where there is no terminal. Used by one thread.
 */
public final class WorkProgress implements AutoCloseable {
  private static final long NANOS_BETWEEN_DRAWINGS = 250_000_000L;
  private static final double NANOS = 1e9;
  private static final int BAR = 20;

  private final PrintStream err;
  private final OptionalInt columns;
  private final LongSupplier nanoTime;
  private @Nullable String what;
  private long total;
  private long alreadyDone;
  private long start;
  private long lastDrawing;
  private boolean drawn;

  /** Makes one for a terminal. */
  public WorkProgress(Terminal terminal) {
    this(terminal.err(), terminal.columns(), System::nanoTime);
  }

  WorkProgress(PrintStream err, OptionalInt columns, LongSupplier nanoTime) {
    this.err = err;
    this.columns = columns;
    this.nanoTime = nanoTime;
  }

  /** Makes one that shows nothing. */
  public static WorkProgress silent(PrintStream nowhere) {
    return new WorkProgress(nowhere, OptionalInt.empty(), () -> 0);
  }

  /**
   * Begins a piece of work.
   *
   * @param name what it is, shown in front
   * @param units how much there is to do, in any unit whose pace is about even
   */
  public void start(String name, long units) {
    start(name, units, 0);
  }

  /**
   * Begins a piece of work of which a part was done before; that part does not count for the pace.
   */
  public void start(String name, long units, long unitsDone) {
    close();
    what = name;
    total = units;
    alreadyDone = unitsDone;
    start = nanoTime.getAsLong();
    lastDrawing = start - NANOS_BETWEEN_DRAWINGS;
  }

  /** Changes what is shown in front. */
  public void now(String name) {
    what = name;
  }

  /** Says how much is done, what was done before included. */
  public void done(long units) {
    if (columns.isEmpty() || what == null) {
      return;
    }
    long now = nanoTime.getAsLong();
    if (now - lastDrawing < NANOS_BETWEEN_DRAWINGS) {
      return;
    }
    lastDrawing = now;
    double seconds = (now - start) / NANOS;
    long doneHere = units - alreadyDone;
    double left = doneHere > 0 ? seconds / doneHere * (total - units) : Double.NaN;
    draw(line(what, (double) units / Math.max(total, 1), left));
  }

  static String line(String what, double share, double secondsLeft) {
    int full = (int) (Math.min(share, 1) * BAR);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3d%%  ETA %s  %s",
        "=".repeat(full),
        " ".repeat(BAR - full),
        (int) (share * 100),
        Texts.duration(secondsLeft),
        what);
  }

  private void draw(String text) {
    int width = columns.orElse(Terminal.DEFAULT_COLUMNS) - 1;
    String cut = text.substring(0, Math.min(text.length(), width));
    err.print("\r" + cut + " ".repeat(width - cut.length()));
    err.flush();
    drawn = true;
  }

  /** Takes the line away, so that something else can be printed; the work may go on. */
  public void clear() {
    if (drawn) {
      draw("");
      err.print("\r");
      err.flush();
      drawn = false;
    }
  }

  /** Ends the piece of work and takes the line away. */
  @Override
  public void close() {
    clear();
    what = null;
  }
}
