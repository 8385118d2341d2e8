package org.roundel.optimizers;

import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.schedule.LearningRateSchedule;
import org.roundel.api.schedule.LearningRateScheduleFactory;

/** Makes {@link LinearSchedule}. */
final class LinearScheduleFactory implements LearningRateScheduleFactory {
  @Override
  public String name() {
    return "linear";
  }

  @Override
  public String description() {
    return "lowers the learning rate with every update, in a line to 0 at the end of the run";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(LowestRate.OPTION);
  }

  @Override
  public LearningRateSchedule create(Options options) {
    return new LinearSchedule(new LowestRate(options.get(LowestRate.OPTION)));
  }
}
