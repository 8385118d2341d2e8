package org.roundel.optimizers;

import java.util.List;
import java.util.Map;
import org.roundel.api.schedule.LearningRateScheduleFactory;
import org.roundel.kit.LearningRateScheduleContract;

class LinearScheduleContractTest extends LearningRateScheduleContract {
  @Override
  protected LearningRateScheduleFactory factory() {
    return new LinearScheduleFactory();
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(
        Map.of(), Map.of("minimum-rate-share", "0.01"), Map.of("minimum-rate-share", "1"));
  }
}
