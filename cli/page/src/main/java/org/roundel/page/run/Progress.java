package org.roundel.page.run;

import org.jspecify.annotations.Nullable;

/**
 * Where a run stands.
 *
 * @param phase what it is doing
 * @param message why it failed; null if it did not
 * @param epochs how many it has; 0 if that is not known
 * @param update the update that was made last; null if it was made by another process
 */
public record Progress(
    RunPhase phase, @Nullable String message, int epochs, @Nullable Update update) {
  /** Returns the same place with another phase. */
  Progress in(RunPhase other) {
    return new Progress(other, message, epochs, update);
  }

  /**
   * An update, and its epoch so far.
   *
   * @param epoch counted from 1
   * @param step the update within the epoch, counted from 1
   * @param steps updates in an epoch
   * @param loss mean over the epoch's images so far
   * @param error share of the epoch's images so far that were misclassified, in [0, 1]
   * @param learningRate of the update
   * @param gradientNorm of the update
   * @param imagesPerSecond over the epoch so far
   * @param epochSecondsLeft until the epoch's last update
   * @param runSecondsLeft until the run's last evaluation
   */
  public record Update(
      int epoch,
      int step,
      int steps,
      double loss,
      double error,
      double learningRate,
      double gradientNorm,
      double imagesPerSecond,
      double epochSecondsLeft,
      double runSecondsLeft) {}
}
