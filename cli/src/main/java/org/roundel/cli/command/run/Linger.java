package org.roundel.cli.command.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.roundel.cli.command.context.Interruption;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.TrainingListener;
import org.roundel.report.terminal.Texts;

/**
 * Waits after a run's end, so that its last values are scraped.
 *
 * <p>Not where the run was stopped, because whoever stops it waits for the end; and not where
 * nothing was trained.
 */
final class Linger implements TrainingListener {
  private final int seconds;
  private final PrintStream err;
  private final Interruption interruption;
  private boolean started;

  Linger(int seconds, PrintStream err, Interruption interruption) {
    this.seconds = seconds;
    this.err = err;
    this.interruption = interruption;
  }

  @Override
  public void runStarted(RunStarted event) {
    started = true;
  }

  /** Returns whether there is something to wait for. */
  boolean isDue() {
    return seconds > 0 && started && !interruption.getAsBoolean();
  }

  /**
   * Waits, if there is something to wait for.
   *
   * @param address where the metrics are served
   */
  void await(String address) throws InterruptedException {
    if (!isDue()) {
      return;
    }
    err.println(
        String.format(
            Locale.ROOT,
            "Metrics stay at %s for %s, for the last values to be scraped; Ctrl-C ends that.",
            address,
            Texts.of(seconds, "second")));
    err.flush();
    interruption.pause(Duration.ofSeconds(seconds));
  }
}
