package org.roundel.optimizers;

import java.util.List;
import org.roundel.api.schedule.LearningRateSchedule;
import org.roundel.api.schedule.TrainingPosition;

/**
 * A learning rate that falls in steps: the base rate times factorⁿ, where n is how many milestones
 * are at most the update's epoch.
 *
 * <p>Epochs count from 1, and the first epoch at the lower rate is the milestone itself. A
 * milestone 82 of a program that counts epochs from 0 (PyTorch's MultiStepLR) is 83 here.
 * Milestones after the end of the run have no effect. When not to use it: in a short run, where
 * epochs are too coarse.
 */
final class StepSchedule implements LearningRateSchedule {
  private final int[] milestones;
  private final double factor;

  StepSchedule(List<Integer> milestones, double factor) {
    this.milestones = milestones.stream().mapToInt(Integer::intValue).toArray();
    this.factor = factor;
  }

  @Override
  public double rate(double baseRate, TrainingPosition position) {
    double rate = baseRate;
    for (int milestone : milestones) {
      if (position.epoch() >= milestone) {
        rate *= factor;
      }
    }
    return rate;
  }
}
