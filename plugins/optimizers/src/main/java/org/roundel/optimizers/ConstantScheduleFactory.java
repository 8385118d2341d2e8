package org.roundel.optimizers;

import org.roundel.api.Options;
import org.roundel.api.schedule.LearningRateSchedule;
import org.roundel.api.schedule.LearningRateScheduleFactory;

/** Makes the schedule {@code constant}: the base rate in every update. */
final class ConstantScheduleFactory implements LearningRateScheduleFactory {
  @Override
  public String name() {
    return "constant";
  }

  @Override
  public String description() {
    return "the same learning rate from the first update to the last";
  }

  @Override
  public LearningRateSchedule create(Options options) {
    return (baseRate, position) -> baseRate;
  }
}
