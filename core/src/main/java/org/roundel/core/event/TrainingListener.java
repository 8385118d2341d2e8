package org.roundel.core.event;

/**
 * Is told what happens in a run. All calls come from the training thread, in order; a listener
 * returns quickly and cannot change the run.
 */
public interface TrainingListener {
  /** A run is about to make its first update, or to go on. */
  default void runStarted(RunStarted event) {}

  /** One update was made. */
  default void stepCompleted(StepCompleted event) {}

  /** The evaluation on the test images begins. */
  default void evaluationStarted(int epoch) {}

  /** One epoch was trained and evaluated. */
  default void epochCompleted(EpochCompleted event) {}

  /** A checkpoint of this name was written. */
  default void checkpointWritten(String name) {}
}
