package org.roundel.optimizers;

import java.util.List;
import java.util.Map;
import org.roundel.api.schedule.LearningRateScheduleFactory;
import org.roundel.kit.LearningRateScheduleContract;

class ConstantScheduleContractTest extends LearningRateScheduleContract {
  @Override
  protected LearningRateScheduleFactory factory() {
    return new ConstantScheduleFactory();
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(Map.of());
  }
}
