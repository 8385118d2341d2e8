package org.roundel.optimizers;

import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.schedule.LearningRateSchedule;
import org.roundel.api.schedule.LearningRateScheduleFactory;

/** Makes {@link CosineSchedule}. */
final class CosineScheduleFactory implements LearningRateScheduleFactory {
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
    return List.of(LowestRate.OPTION);
  }

  @Override
  public LearningRateSchedule create(Options options) {
    return new CosineSchedule(new LowestRate(options.get(LowestRate.OPTION)));
  }
}
