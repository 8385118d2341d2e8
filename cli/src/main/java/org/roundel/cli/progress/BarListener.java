package org.roundel.cli.progress;

import org.jspecify.annotations.Nullable;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.EvaluationCompleted;
import org.roundel.core.event.EvaluationStarted;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.metrics.Pace;
import org.roundel.report.terminal.StatusLine;

/** Shows a progress bar per epoch on the status line, and takes it away when the epoch is done. */
public final class BarListener implements TrainingListener, AutoCloseable {
  private final StatusLine line;
  private final Pace pace = new Pace();
  private @Nullable StepCompleted last;

  /** Makes a listener that draws on this line. */
  public BarListener(StatusLine line) {
    this.line = line;
  }

  @Override
  public void runStarted(RunStarted event) {
    pace.runStarted(event);
  }

  @Override
  public void stepCompleted(StepCompleted event) {
    pace.stepCompleted(event);
    last = event;
    line.draw(columns -> BarText.of(pace.snapshot(event), false, columns));
  }

  @Override
  public void evaluationStarted(EvaluationStarted event) {
    StepCompleted step = last;
    if (step != null) {
      line.drawNow(columns -> BarText.of(pace.snapshot(step), true, columns));
    }
  }

  @Override
  public void evaluationCompleted(EvaluationCompleted event) {
    pace.evaluationCompleted(event);
  }

  @Override
  public void epochCompleted(EpochCompleted event) {
    close();
  }

  @Override
  public void runFinished(RunResult event) {
    close();
  }

  /** Takes the bar away. A second call does nothing. */
  @Override
  public void close() {
    line.clear();
    last = null;
  }
}
