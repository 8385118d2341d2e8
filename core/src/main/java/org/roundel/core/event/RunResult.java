package org.roundel.core.event;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param directory where the run lies
 * @param interrupted whether it was asked to stop before its end; a checkpoint was written
 * @param alreadyFinished whether there was nothing left to do
 * @param epochs epochs trained and evaluated
 * @param last the last epoch's record; null if no epoch was finished by this call, unless the run
 *     was finished already
 * @param best the lowest error of all epochs
 * @param patience after how many epochs in a row without a lower validation error it has ended; 0
 *     if it has not ended so
 * @param test of a run with validation that has ended: what its best checkpoint does on the test
 *     images; null else
 */
public record RunResult(
    Path directory,
    boolean interrupted,
    boolean alreadyFinished,
    int epochs,
    @Nullable EpochCompleted last,
    BestError best,
    int patience,
    @Nullable FinalTest test) {
  /** Makes the result of a run that has not ended, or has no validation. */
  public RunResult(
      Path directory,
      boolean interrupted,
      boolean alreadyFinished,
      int epochs,
      @Nullable EpochCompleted last,
      BestError best) {
    this(directory, interrupted, alreadyFinished, epochs, last, best, 0, null);
  }

  /** Returns the result of a run that has ended, with how, and what came out of its test. */
  public RunResult ended(int byPatience, @Nullable FinalTest tested) {
    return new RunResult(
        directory, interrupted, alreadyFinished, epochs, last, best, byPatience, tested);
  }

  /** Returns the result with an earlier epoch's record where this call finished none. */
  public RunResult after(@Nullable EpochCompleted earlier) {
    return last == null
        ? new RunResult(
            directory, interrupted, alreadyFinished, epochs, earlier, best, patience, test)
        : this;
  }
}
