package org.roundel.optimizers;

import java.util.List;
import java.util.Map;
import org.roundel.api.optimizer.OptimizerFactory;
import org.roundel.kit.OptimizerContract;

class AdamContractTest extends OptimizerContract {
  @Override
  protected OptimizerFactory factory() {
    return new AdamFactory(false);
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(
        Map.of(),
        Map.of("beta1", "0", "beta2", "0"),
        Map.of("beta2", "0.99", "epsilon", "0.001", "weight-decay", "0.001", "decay", "weights"));
  }
}
