package org.roundel.optimizers;

import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.schedule.LearningRateSchedule;
import org.roundel.api.schedule.LearningRateScheduleFactory;

/** Makes {@link CosineSchedule}. */
final class CosineScheduleFactory implements LearningRateScheduleFactory {
  private static final Option<Double> MINIMUM =
      Option.real(
          "minimum-rate-share", 0, 0, 1, "share of the learning rate that the run ends with");

  @Override
  public String name() {
    return "cosine";
  }

  @Override
  public String description() {
    return "lowers the learning rate with every update, along half a cosine wave over the run";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(MINIMUM);
  }

  @Override
  public LearningRateSchedule create(Options options) {
    return new CosineSchedule(options.get(MINIMUM));
  }
}
