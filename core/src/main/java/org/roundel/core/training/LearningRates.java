package org.roundel.core.training;

import org.roundel.api.schedule.LearningRateSchedule;
import org.roundel.api.schedule.TrainingPosition;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/**
 * The learning rate of each update: the schedule's, with a linear warm-up in front.
 *
 * <p>With W warm-up epochs of S updates, update i (from 0) gets the share min(1, (i+1)/(W·S)) of
 * what the schedule says for it; the schedule's own epochs are not moved.
 */
public final class LearningRates {
  private final LearningRateSchedule schedule;
  private final double baseRate;
  private final double warmUpEpochs;

  LearningRates(LearningRateSchedule schedule, double baseRate, double warmUpEpochs) {
    this.schedule = schedule;
    this.baseRate = baseRate;
    this.warmUpEpochs = warmUpEpochs;
  }

  public double rate(TrainingPosition position) {
    double rate = schedule.rate(baseRate, position);
    if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new RoundelException(
          ErrorKind.PLUGIN,
          "the schedule "
              + schedule.getClass().getName()
              + " gave the learning rate "
              + rate
              + " in epoch "
              + position.epoch()
              + "; allowed: a finite rate of at least 0");
    }
    double warmUpSteps = warmUpEpochs * position.stepsPerEpoch();
    double done = (position.epoch() - 1.0) * position.stepsPerEpoch() + position.stepInEpoch() + 1;
    return done < warmUpSteps ? rate * done / warmUpSteps : rate;
  }
}
