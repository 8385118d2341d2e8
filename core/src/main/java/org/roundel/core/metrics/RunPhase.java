package org.roundel.core.metrics;

import org.roundel.core.event.RunFailed;
import org.roundel.core.event.RunResult;

/** What a run is doing, or how it ended. */
enum RunPhase {
  /** Makes updates. */
  TRAINING,
  /** Evaluates on test images or held-out ones. */
  EVALUATING,
  /** Writes a checkpoint. */
  CHECKPOINTING,
  /** Has ended by itself. */
  FINISHED,
  /** Was told to stop before, and can go on. */
  STOPPED,
  /** Ended because a loss or gradient was not finite. */
  DIVERGED,
  /** Ended by any other fault. */
  FAILED;

  static RunPhase of(RunResult result) {
    return result.interrupted() ? STOPPED : FINISHED;
  }

  static RunPhase of(RunFailed event) {
    return event.diverged() ? DIVERGED : FAILED;
  }
}
