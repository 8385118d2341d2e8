package org.roundel.cli.progress;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.EvaluationCompleted;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.metrics.Pace;

/**
 * Prints a line of progress every half minute in which no epoch ended: for a file or a pipe, where
 * no bar can be drawn.
 */
public final class ProgressLines implements TrainingListener {
  private static final long NANOS_BETWEEN_LINES = 30_000_000_000L;

  private final PrintStream out;
  private final LongSupplier nanoTime;
  private final Pace pace = new Pace();
  private long lastLine;

  /**
   * Makes a printer.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  public ProgressLines(PrintStream out, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
    this.lastLine = nanoTime.getAsLong();
  }

  @Override
  public void runStarted(RunStarted event) {
    pace.runStarted(event);
  }

  @Override
  public void stepCompleted(StepCompleted event) {
    pace.stepCompleted(event);
    long now = nanoTime.getAsLong();
    // The epoch's last update is followed by the epoch's own line.
    if (now - lastLine >= NANOS_BETWEEN_LINES && event.stepInEpoch() < event.stepsPerEpoch()) {
      lastLine = now;
      out.println(BarText.plain(pace.snapshot(event)));
      out.flush();
    }
  }

  @Override
  public void evaluationCompleted(EvaluationCompleted event) {
    pace.evaluationCompleted(event);
  }

  @Override
  public void epochCompleted(EpochCompleted event) {
    lastLine = nanoTime.getAsLong();
  }
}
