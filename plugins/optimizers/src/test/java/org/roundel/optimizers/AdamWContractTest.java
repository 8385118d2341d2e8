package org.roundel.optimizers;

import java.util.List;
import java.util.Map;
import org.roundel.api.optimizer.OptimizerFactory;
import org.roundel.kit.OptimizerContract;

class AdamWContractTest extends OptimizerContract {
  @Override
  protected OptimizerFactory factory() {
    return new AdamFactory(true);
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(
        Map.of(),
        Map.of("weight-decay", "0"),
        Map.of("beta2", "0.99", "weight-decay", "0.1", "decay", "weights"));
  }
}
