package org.roundel.optimizers;

import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.schedule.LearningRateSchedule;
import org.roundel.api.schedule.LearningRateScheduleFactory;

/** Makes {@link CosineRestartsSchedule}. */
final class CosineRestartsScheduleFactory implements LearningRateScheduleFactory {
  private static final Option<Integer> FIRST_PERIOD =
      Option.integer("first-period", 10, 1, 1_000_000, "epochs until the rate starts anew");

  private static final Option<Integer> FACTOR =
      Option.integer(
          "period-factor", 2, 1, 100, "how many times as long as the last one a period is");

  @Override
  public String name() {
    return "cosine-restarts";
  }

  @Override
  public String description() {
    return "half a cosine wave again and again, each wave longer than the last (SGDR)";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(FIRST_PERIOD, FACTOR, LowestRate.OPTION);
  }

  @Override
  public LearningRateSchedule create(Options options) {
    return new CosineRestartsSchedule(
        options.get(FIRST_PERIOD),
        options.get(FACTOR),
        new LowestRate(options.get(LowestRate.OPTION)));
  }
}
