package org.roundel.api.schedule;

/**
 * The learning rate as a function of the position in a run. A pure function, safe to call from any
 * thread.
 */
@FunctionalInterface
public interface LearningRateSchedule {
  /**
   * Returns the learning rate of one update.
   *
   * @param baseRate the learning rate that the user asked for, positive
   * @param position which update it is
   * @return a finite rate of at least 0
   */
  double rate(double baseRate, TrainingPosition position);
}
