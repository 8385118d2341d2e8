package org.roundel.page.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.roundel.core.config.RunSettings;
import org.roundel.core.event.CheckpointStarted;
import org.roundel.core.event.CheckpointWritten;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.EvaluationCompleted;
import org.roundel.core.event.EvaluationStarted;
import org.roundel.core.event.Preparing;
import org.roundel.core.event.RunFailed;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.metrics.Pace;

/**
 * The run of this process.
 *
 * <p>The training thread leaves an immutable record of where it stands and goes on: it takes no
 * lock, and waits for nobody who reads.
 */
public final class LiveRun implements WatchedRun, TrainingListener {
  private final Pace pace = new Pace();
  private final EpochCurveWriter points = new EpochCurveWriter();
  private volatile @Nullable Path directory;
  private volatile @Nullable EpochCurve curve;
  private volatile Progress progress = new Progress(RunPhase.STARTING, null, 0, null);

  @Override
  public @Nullable Path directory() {
    return directory;
  }

  @Override
  public Progress progress() {
    return progress;
  }

  @Override
  public @Nullable EpochCurve curve() {
    return curve;
  }

  @Override
  public void preparing(Preparing event) {
    progress =
        progress.in(
            switch (event.part()) {
              case DATA -> RunPhase.READING;
              case NET -> RunPhase.MAKING;
              case CHECKPOINT -> RunPhase.RESTORING;
            });
  }

  @Override
  public void runStarted(RunStarted event) {
    pace.runStarted(event);
    int epochs = event.configuration().get(RunSettings.EPOCHS);
    progress = new Progress(RunPhase.TRAINING, null, epochs, progress.update());
    directory = event.directory();
  }

  @Override
  public void stepCompleted(StepCompleted event) {
    pace.stepCompleted(event);
    EpochCurve longer = points.add(event);
    if (longer != null) {
      curve = longer;
    }
    Pace.Snapshot snapshot = pace.snapshot(event);
    Progress.Update update =
        new Progress.Update(
            event.epoch(),
            event.stepInEpoch(),
            event.stepsPerEpoch(),
            snapshot.loss(),
            snapshot.error(),
            event.learningRate(),
            event.gradientNorm(),
            snapshot.imagesPerSecond(),
            snapshot.epochSecondsLeft(),
            snapshot.runSecondsLeft());
    progress = new Progress(RunPhase.TRAINING, null, snapshot.epochs(), update);
  }

  @Override
  public void evaluationStarted(EvaluationStarted event) {
    progress = progress.in(RunPhase.EVALUATING);
  }

  @Override
  public void evaluationCompleted(EvaluationCompleted event) {
    pace.evaluationCompleted(event);
  }

  @Override
  public void epochCompleted(EpochCompleted event) {
    progress = progress.in(RunPhase.TRAINING);
  }

  @Override
  public void checkpointStarted(CheckpointStarted event) {
    progress = progress.in(RunPhase.CHECKPOINTING);
  }

  @Override
  public void checkpointWritten(CheckpointWritten event) {
    progress = progress.in(RunPhase.TRAINING);
  }

  @Override
  public void runFinished(RunResult event) {
    progress = progress.in(event.interrupted() ? RunPhase.STOPPED : RunPhase.FINISHED);
    directory = event.directory();
  }

  @Override
  public void runFailed(RunFailed event) {
    progress =
        new Progress(
            event.diverged() ? RunPhase.DIVERGED : RunPhase.FAILED,
            String.valueOf(event.cause().getMessage()),
            progress.epochs(),
            progress.update());
  }
}
