package org.roundel.core.training;

import org.jspecify.annotations.Nullable;
import org.roundel.core.event.EpochCompleted;

/**
 * A part of a run with one configuration.
 *
 * @param result how it ended
 * @param changes whether it ended where the run goes on with another configuration
 */
record Segment(RunResult result, boolean changes) {
  /** Returns the result with an earlier epoch's record where this part finished none. */
  RunResult resultAfter(@Nullable EpochCompleted earlier) {
    return new RunResult(
        result.directory(),
        result.interrupted(),
        result.alreadyFinished(),
        result.epochs(),
        result.last() == null ? earlier : result.last(),
        result.bestError(),
        result.bestEpoch());
  }
}
