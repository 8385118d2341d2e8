package org.roundel.optimizers;

import org.roundel.api.schedule.LearningRateSchedule;
import org.roundel.api.schedule.TrainingPosition;

/**
 * A learning rate that falls along half a cosine wave, starts anew from the base rate, and so on in
 * periods that grow: SGDR.
 *
 * <p>Period i = 0, 1, … has T·fⁱ epochs, with the first period's T and the factor f. In it the rate
 * is the base rate times s + (1−s)·(1 + cos(πp))/2, where p in [0, 1) is the share of the period's
 * updates made before this one and s the share of the rate that a period ends with. This is
 * torch.optim.lr_scheduler.CosineAnnealingWarmRestarts with T_0 = T and T_mult = f, called with
 * every update. The rate does not depend on the run's length.
 *
 * <p>Source: Ilya Loshchilov, Frank Hutter, <em>SGDR: Stochastic Gradient Descent with Warm
 * Restarts</em>, 2017. When not to use it: for a run that does not end where a period does, after
 * T·(1 + f + f² + …) epochs, because its last rates are high; and where only the end counts: one
 * wave over the whole run, {@code cosine}, is the usual choice there.
 */
final class CosineRestartsSchedule implements LearningRateSchedule {
  private final int firstPeriod;
  private final int factor;
  private final LowestRate lowest;

  CosineRestartsSchedule(int firstPeriod, int factor, LowestRate lowest) {
    this.firstPeriod = firstPeriod;
    this.factor = factor;
    this.lowest = lowest;
  }

  @Override
  public double rate(double baseRate, TrainingPosition position) {
    long start = 0;
    long period = firstPeriod;
    while (start + period < position.epoch()) {
      start += period;
      period *= factor;
    }
    return lowest.at(CosineSchedule.height((position.epochsDone() - start) / period), baseRate);
  }
}
