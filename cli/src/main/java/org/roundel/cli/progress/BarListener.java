package org.roundel.cli.progress;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.roundel.core.config.RunSettings;
import org.roundel.core.event.CheckpointStarted;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.EvaluationCompleted;
import org.roundel.core.event.EvaluationStarted;
import org.roundel.core.event.Preparing;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.metrics.Pace;
import org.roundel.report.terminal.StatusLine;

/**
 * Says on the status line what a run does: what it prepares, then a progress bar per epoch, which
 * it takes away when the epoch is done.
 */
public final class BarListener implements TrainingListener, AutoCloseable {
  private final StatusLine line;
  private final Pace pace = new Pace();
  private final Training training = new Training();
  private @Nullable StepCompleted last;

  /** Makes a listener that draws on this line. */
  public BarListener(StatusLine line) {
    this.line = line;
  }

  /** One object for all updates: an update that draws nothing makes nothing. */
  private final class Training implements IntFunction<String> {
    @Override
    public String apply(int columns) {
      return text("", columns);
    }
  }

  @Override
  public void preparing(Preparing event) {
    String text =
        switch (event.part()) {
          case DATA -> "Reading " + event.configuration().get(RunSettings.DATASET);
          case NET -> "Making " + event.configuration().get(RunSettings.MODEL);
          case CHECKPOINT -> "Reading the checkpoint";
        };
    line.drawNow(columns -> text + " ...");
  }

  @Override
  public void runStarted(RunStarted event) {
    pace.runStarted(event);
    close();
  }

  @Override
  public void stepCompleted(StepCompleted event) {
    pace.stepCompleted(event);
    last = event;
    line.draw(training);
  }

  @Override
  public void evaluationStarted(EvaluationStarted event) {
    doing("evaluating");
  }

  @Override
  public void evaluationCompleted(EvaluationCompleted event) {
    pace.evaluationCompleted(event);
  }

  @Override
  public void checkpointStarted(CheckpointStarted event) {
    doing("writing checkpoint");
  }

  private void doing(String what) {
    line.drawNow(columns -> text(what, columns));
  }

  private String text(String doing, int columns) {
    StepCompleted step = last;
    return step == null ? doing : BarText.of(pace.snapshot(step), doing, columns);
  }

  @Override
  public void epochCompleted(EpochCompleted event) {
    close();
  }

  @Override
  public void runFinished(RunResult event) {
    close();
  }

  /** Takes the line away. A second call does nothing. */
  @Override
  public void close() {
    line.clear();
    last = null;
  }
}
