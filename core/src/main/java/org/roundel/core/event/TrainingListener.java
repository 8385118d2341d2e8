package org.roundel.core.event;

/**
 * Is told what happens in a run. All calls come from the training thread, in order; a listener
 * returns quickly and cannot change the run.
 *
 * <p>The last call is {@link #runFinished} or {@link #runFailed}. It may be the only one: nothing
 * may be left to train, or what was asked for may be refused.
 */
public interface TrainingListener {
  /** What comes before training has come to its next part; a run may be refused in any. */
  default void preparing(Preparing event) {}

  /**
   * A run is about to make its first update, or to go on; told again where its configuration
   * changes on the way.
   */
  default void runStarted(RunStarted event) {}

  /** One update was made. */
  default void stepCompleted(StepCompleted event) {}

  /** An evaluation begins. */
  default void evaluationStarted(EvaluationStarted event) {}

  /** An evaluation has ended. */
  default void evaluationCompleted(EvaluationCompleted event) {}

  /** What the net says of the images that it is evaluated on, class by class. */
  default void testScored(TestScored event) {}

  /** One epoch was trained and evaluated. */
  default void epochCompleted(EpochCompleted event) {}

  /**
   * The best checkpoint was evaluated on the test images, after the last epoch of a run with
   * validation.
   */
  default void bestTested(BestTested event) {}

  /**
   * Something is about to be written into the run's directory that cannot be taken back. The one
   * call in which a listener may end a run: one that knows that the run is no longer this process's
   * throws, and nothing of what the run has is touched.
   */
  default void recording(Recording event) {}

  /** A checkpoint begins to be written. */
  default void checkpointStarted(CheckpointStarted event) {}

  /** A checkpoint was written. */
  default void checkpointWritten(CheckpointWritten event) {}

  /** The run has ended by itself, or was told to stop. */
  default void runFinished(RunResult event) {}

  /** The run has failed; the caller gets the cause, too. */
  default void runFailed(RunFailed event) {}
}
