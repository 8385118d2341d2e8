package org.roundel.cli.progress;

import java.util.List;
import org.roundel.core.event.BestTested;
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
import org.roundel.core.event.TestScored;
import org.roundel.core.event.TrainingListener;

/** Tells several listeners, in their order. */
public final class ListenerChain implements TrainingListener {
  private final List<TrainingListener> listeners;

  /** Makes a chain of these. */
  public ListenerChain(List<TrainingListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void preparing(Preparing event) {
    listeners.forEach(listener -> listener.preparing(event));
  }

  @Override
  public void runStarted(RunStarted event) {
    listeners.forEach(listener -> listener.runStarted(event));
  }

  @Override
  public void stepCompleted(StepCompleted event) {
    for (TrainingListener listener : listeners) {
      listener.stepCompleted(event);
    }
  }

  @Override
  public void evaluationStarted(EvaluationStarted event) {
    listeners.forEach(listener -> listener.evaluationStarted(event));
  }

  @Override
  public void evaluationCompleted(EvaluationCompleted event) {
    listeners.forEach(listener -> listener.evaluationCompleted(event));
  }

  @Override
  public void testScored(TestScored event) {
    listeners.forEach(listener -> listener.testScored(event));
  }

  @Override
  public void epochCompleted(EpochCompleted event) {
    listeners.forEach(listener -> listener.epochCompleted(event));
  }

  @Override
  public void bestTested(BestTested event) {
    listeners.forEach(listener -> listener.bestTested(event));
  }

  @Override
  public void checkpointStarted(CheckpointStarted event) {
    listeners.forEach(listener -> listener.checkpointStarted(event));
  }

  @Override
  public void checkpointWritten(CheckpointWritten event) {
    listeners.forEach(listener -> listener.checkpointWritten(event));
  }

  @Override
  public void runFinished(RunResult event) {
    listeners.forEach(listener -> listener.runFinished(event));
  }

  @Override
  public void runFailed(RunFailed event) {
    listeners.forEach(listener -> listener.runFailed(event));
  }
}
