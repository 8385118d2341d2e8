package org.roundel.optimizers;

import java.util.List;
import java.util.Map;
import org.roundel.api.schedule.LearningRateScheduleFactory;
import org.roundel.kit.LearningRateScheduleContract;

class StepScheduleContractTest extends LearningRateScheduleContract {
  @Override
  protected LearningRateScheduleFactory factory() {
    return new StepScheduleFactory();
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(
        Map.of(), Map.of("milestones", ""), Map.of("milestones", "2,3,100", "factor", "0.5"));
  }
}
