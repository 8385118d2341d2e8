package org.roundel.optimizers;

import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.schedule.LearningRateSchedule;
import org.roundel.api.schedule.LearningRateScheduleFactory;

/** Makes {@link StepSchedule}. */
final class StepScheduleFactory implements LearningRateScheduleFactory {
  private static final Option<List<Integer>> MILESTONES =
      Option.increasing(
          "milestones",
          List.of(82, 122),
          2,
          1_000_000,
          "epochs, counted from 1, each the first one at a lower rate");

  private static final Option<Double> FACTOR =
      Option.positive("factor", 0.1, 1, "what the rate is multiplied by at each milestone");

  @Override
  public String name() {
    return "step";
  }

  @Override
  public String description() {
    return "multiplies the learning rate by a factor at given epochs";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(MILESTONES, FACTOR);
  }

  @Override
  public LearningRateSchedule create(Options options) {
    return new StepSchedule(options.get(MILESTONES), options.get(FACTOR));
  }
}
