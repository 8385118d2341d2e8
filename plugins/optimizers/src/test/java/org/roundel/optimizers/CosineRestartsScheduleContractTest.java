package org.roundel.optimizers;

import java.util.List;
import java.util.Map;
import org.roundel.api.schedule.LearningRateScheduleFactory;
import org.roundel.kit.LearningRateScheduleContract;

class CosineRestartsScheduleContractTest extends LearningRateScheduleContract {
  @Override
  protected LearningRateScheduleFactory factory() {
    return new CosineRestartsScheduleFactory();
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(
        Map.of(),
        Map.of("first-period", "1", "period-factor", "1", "minimum-rate-share", "0.01"),
        Map.of("first-period", "7", "period-factor", "3"));
  }
}
