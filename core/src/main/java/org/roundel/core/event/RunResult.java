package org.roundel.core.event;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param directory where the run lies
 * @param interrupted whether it was asked to stop before its last epoch; a checkpoint was written
 * @param alreadyFinished whether there was nothing left to do
 * @param epochs epochs trained and evaluated
 * @param last the last epoch's record; null if no epoch was finished by this call, unless the run
 *     was finished already
 * @param best the lowest test error of all epochs
 */
public record RunResult(
    Path directory,
    boolean interrupted,
    boolean alreadyFinished,
    int epochs,
    @Nullable EpochCompleted last,
    BestError best) {
  /** Returns the result with an earlier epoch's record where this call finished none. */
  public RunResult after(@Nullable EpochCompleted earlier) {
    return last == null
        ? new RunResult(directory, interrupted, alreadyFinished, epochs, earlier, best)
        : this;
  }
}
