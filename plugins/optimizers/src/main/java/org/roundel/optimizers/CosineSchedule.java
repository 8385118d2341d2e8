package org.roundel.optimizers;

import org.roundel.api.schedule.LearningRateSchedule;
import org.roundel.api.schedule.TrainingPosition;

/**
 * A learning rate that falls with every update along half a cosine wave: the base rate times s +
 * (1−s)·(1 + cos(πp))/2, where p in [0, 1) is the share of the run's updates made before this one
 * and s the share of the rate that the run ends with.
 *
 * <p>Source: Ilya Loshchilov, Frank Hutter, <em>SGDR: Stochastic Gradient Descent with Warm
 * Restarts</em>, 2017, without the restarts. When not to use it: for a run that may be made longer
 * later, because every rate depends on the run's length.
 */
final class CosineSchedule implements LearningRateSchedule {
  private final LowestRate lowest;

  CosineSchedule(LowestRate lowest) {
    this.lowest = lowest;
  }

  @Override
  public double rate(double baseRate, TrainingPosition position) {
    return lowest.at(height(position.epochsDone() / position.epochs()), baseRate);
  }

  /** Returns (1 + cos(πp))/2, by StrictMath: the same rate on every machine. */
  static double height(double done) {
    return (1 + StrictMath.cos(Math.PI * done)) / 2;
  }
}
