package org.roundel.core.net;

import org.roundel.api.training.Moment;

/**
 * How many updates a run makes, and so when in it each of them is.
 *
 * @param epochs at least 1
 * @param updatesPerEpoch at least 1
 */
public record RunLength(int epochs, int updatesPerEpoch) {
  /**
   * Returns the moment of an update, or between the one before and this one.
   *
   * @param step the number of the update, counted from 1; 0 before the first one
   * @param learningRate its learning rate where it is being made, else 0
   */
  public Moment at(long step, double learningRate) {
    if (step == 0) {
      return Moment.start();
    }
    long done = step - 1;
    int epoch = (int) Math.min(epochs, done / updatesPerEpoch + 1);
    double progress = Math.min(1, (double) done / ((long) epochs * updatesPerEpoch));
    return new Moment(step, epoch, progress, learningRate, 1);
  }
}
