package org.roundel.api.schedule;

import org.roundel.api.ComponentFactory;
import org.roundel.api.Options;

/** Makes a {@link LearningRateSchedule}. */
public interface LearningRateScheduleFactory extends ComponentFactory {
  /**
   * Makes a schedule.
   *
   * @param options values of the declared options, already checked one by one
   * @throws org.roundel.api.InvalidInputException if the options contradict each other
   */
  LearningRateSchedule create(Options options);
}
