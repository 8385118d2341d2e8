package org.roundel.cli.progress;

import java.util.List;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.event.TrainingListener;

/** Tells several listeners, in their order. */
public final class ListenerChain implements TrainingListener {
  private final List<TrainingListener> listeners;

  /** Makes a chain of these. */
  public ListenerChain(List<TrainingListener> listeners) {
    this.listeners = List.copyOf(listeners);
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
  public void evaluationStarted(int epoch) {
    listeners.forEach(listener -> listener.evaluationStarted(epoch));
  }

  @Override
  public void epochCompleted(EpochCompleted event) {
    listeners.forEach(listener -> listener.epochCompleted(event));
  }

  @Override
  public void checkpointWritten(String name) {
    listeners.forEach(listener -> listener.checkpointWritten(name));
  }
}
