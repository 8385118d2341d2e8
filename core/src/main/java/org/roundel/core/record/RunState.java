package org.roundel.core.record;

import org.roundel.api.model.BatchResult;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.evaluation.ErrorSum;
import org.roundel.core.event.BestError;

/**
 * Where a run stands between two updates, and what its epoch has given so far.
 *
 * @param position the place in the run
 * @param stepInEpoch updates made in this epoch; all of them if only its evaluation is missing
 * @param learningRate the rate of the last update; 0 before the first
 * @param errors of this epoch's batches
 * @param nanos time spent on this epoch's updates, in nanoseconds
 * @param best the lowest error so far, on the test images or on those held out
 */
public record RunState(
    RunPosition position,
    int stepInEpoch,
    double learningRate,
    ErrorSum errors,
    long nanos,
    BestError best) {
  /** Before the first update. */
  public static final RunState START =
      new RunState(RunPosition.START, 0, 0, ErrorSum.NONE, 0, BestError.NONE);

  /** Returns the epoch being trained, counted from 1; one more than the last once it is done. */
  public int epoch() {
    return position.epoch();
  }

  /** Returns how many updates were made since the start of the run. */
  public long stepsDone() {
    return position.stepsDone();
  }

  /** Returns the number of the coming update, counted from 1. */
  public long nextStep() {
    return position.stepsDone() + 1;
  }

  /**
   * Returns the state after one more update.
   *
   * @param rate its learning rate
   * @param took its time, in nanoseconds
   */
  public RunState afterUpdate(BatchResult batch, double rate, long took) {
    return new RunState(
        new RunPosition(epoch(), nextStep()),
        stepInEpoch + 1,
        rate,
        errors.plus(batch),
        nanos + took,
        best);
  }

  /** Returns the state after the evaluation at the epoch's end, with its error. */
  public RunState afterEpoch(double error) {
    return new RunState(
        new RunPosition(epoch() + 1, stepsDone()),
        0,
        learningRate,
        ErrorSum.NONE,
        0,
        best.isBeatenBy(error) ? new BestError(error, epoch()) : best);
  }

  /** Returns whether nothing is left to train: the run has all its epochs, or lost its patience. */
  public boolean isOver(RunConfiguration configuration) {
    return epoch() > configuration.get(RunSettings.EPOCHS) || hasLostPatience(configuration);
  }

  /** Returns whether so many epochs in a row, up to here, were no better as end the run. */
  public boolean hasLostPatience(RunConfiguration configuration) {
    int patience = configuration.get(RunSettings.PATIENCE);
    return patience > 0 && stepInEpoch == 0 && epoch() - 1 - best.epoch() >= patience;
  }

  /** Returns the fewest epochs that the run can still have: nothing that is done is undone. */
  public int fewestEpochs() {
    return Math.max(1, stepInEpoch == 0 ? epoch() - 1 : epoch());
  }
}
