package org.roundel.optimizers;

import org.roundel.api.schedule.LearningRateSchedule;
import org.roundel.api.schedule.TrainingPosition;

/**
 * A learning rate that falls with every update in a line: the base rate times s + (1−s)·(1−p),
 * where p in [0, 1) is the share of the run's updates made before this one and s the share of the
 * rate that the run ends with.
 *
 * <p>Source: Mengtian Li, Ersin Yumer, Deva Ramanan, <em>Budgeted Training: Rethinking Deep Neural
 * Network Training Under Resource Constraints</em>, 2020, who recommend it for runs of any length.
 * When not to use it: for a run that may be made longer later, because every rate depends on the
 * run's length.
 */
final class LinearSchedule implements LearningRateSchedule {
  private final LowestRate lowest;

  LinearSchedule(LowestRate lowest) {
    this.lowest = lowest;
  }

  @Override
  public double rate(double baseRate, TrainingPosition position) {
    return lowest.at(1 - position.epochsDone() / position.epochs(), baseRate);
  }
}
