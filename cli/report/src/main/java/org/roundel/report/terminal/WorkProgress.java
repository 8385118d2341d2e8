package org.roundel.report.terminal;

import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Shows on the status line how far long work is, with the time it still takes. For one thread. */
public final class WorkProgress implements AutoCloseable {
  private static final double NANOS = 1e9;
  private static final int BAR = 20;

  private final StatusLine line;
  private final LongSupplier nanoTime;
  private @Nullable String what;
  private long total;
  private long alreadyDone;
  private long start;

  /** Makes one that shows on this line. */
  public WorkProgress(StatusLine line) {
    this(line, System::nanoTime);
  }

  WorkProgress(StatusLine line, LongSupplier nanoTime) {
    this.line = line;
    this.nanoTime = nanoTime;
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
  }

  /** Changes what is shown in front. */
  public void now(String name) {
    what = name;
  }

  /** Says how much is done, what was done before included. */
  public void done(long units) {
    String name = what;
    if (name != null) {
      line.draw(columns -> text(name, units));
    }
  }

  private String text(String name, long units) {
    double seconds = (nanoTime.getAsLong() - start) / NANOS;
    long doneHere = units - alreadyDone;
    double left = doneHere > 0 ? seconds / doneHere * (total - units) : Double.NaN;
    double share = (double) units / Math.max(total, 1);
    int full = (int) (Math.min(share, 1) * BAR);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3d%%  ETA %s  %s",
        "=".repeat(full),
        " ".repeat(BAR - full),
        (int) (share * 100),
        Texts.duration(left),
        name);
  }

  /** Takes the line away; the work may go on. */
  public void clear() {
    line.clear();
  }

  /** Ends the piece of work and takes the line away. */
  @Override
  public void close() {
    clear();
    what = null;
  }
}
