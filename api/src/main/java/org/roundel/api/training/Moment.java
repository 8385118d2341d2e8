package org.roundel.api.training;

/**
 * When in a run a hook or an update is called.
 *
 * @param step the number of the update, counted from 1; 0 before the first one. Between two updates
 *     it is the coming one's.
 * @param epoch the epoch of that update, counted from 1; 0 before the first one, and the last one
 *     after the last update
 * @param progress the share of the run's updates that were made before this one, from 0 to 1; 1
 *     once the last one is made, so that a method that changes on the way has come to its end then
 * @param learningRate the learning rate of the update where one is being made: for an optimizer, in
 *     a quantizer's {@code gradient} and {@code afterUpdate}; 0 elsewhere, and before the first one
 * @param lossScale what the loss was multiplied by before it went backward, so that small gradients
 *     are not lost in 16 bits; 1 where it was not, as in all training today, which is in float32.
 *     Gradients that hooks and updates get are divided by it already; it tells a method that
 *     compares them with a threshold what they resolve.
 */
public record Moment(long step, int epoch, double progress, double learningRate, double lossScale) {
  private static final Moment START = new Moment(0, 0, 0, 0, 1);

  /** Checks the ranges. */
  public Moment {
    if (step < 0
        || epoch < 0
        || !(progress >= 0 && progress <= 1)
        || !(learningRate >= 0)
        || !(lossScale > 0)) {
      throw new IllegalArgumentException(
          "step "
              + step
              + ", epoch "
              + epoch
              + ", progress "
              + progress
              + ", learning rate "
              + learningRate
              + ", loss scale "
              + lossScale
              + "; allowed: progress in [0, 1], loss scale > 0, the others >= 0");
    }
  }

  /** Returns the moment before the first update. */
  public static Moment start() {
    return START;
  }
}
