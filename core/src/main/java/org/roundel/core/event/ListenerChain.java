package org.roundel.core.event;

import java.util.List;

/** Tells several listeners, in their order. */
public class ListenerChain implements TrainingListener {
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
  public void recording(Recording event) {
    listeners.forEach(listener -> listener.recording(event));
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
