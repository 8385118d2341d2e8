package org.roundel.optimizers;

import java.util.List;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.optimizer.OptimizerFactory;
import org.roundel.api.schedule.LearningRateScheduleFactory;

/**
 * Offers the optimizers {@code sgd}, {@code nesterov} and {@code adam}, and the schedules {@code
 * constant}, {@code step} and {@code cosine}.
 */
public final class OptimizersPlugin implements RoundelPlugin {
  @Override
  public List<OptimizerFactory> optimizers() {
    return List.of(
        new SgdFactory(), new NesterovFactory(), new AdamFactory(false), new AdamFactory(true));
  }

  @Override
  public List<LearningRateScheduleFactory> schedules() {
    return List.of(
        new ConstantScheduleFactory(),
        new StepScheduleFactory(),
        new CosineScheduleFactory(),
        new CosineRestartsScheduleFactory(),
        new LinearScheduleFactory());
  }
}
