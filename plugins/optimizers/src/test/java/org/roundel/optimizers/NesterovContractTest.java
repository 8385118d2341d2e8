package org.roundel.optimizers;

import java.util.List;
import java.util.Map;
import org.roundel.api.optimizer.OptimizerFactory;
import org.roundel.kit.OptimizerContract;

class NesterovContractTest extends OptimizerContract {
  @Override
  protected OptimizerFactory factory() {
    return new NesterovFactory();
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(Map.of(), Map.of("momentum", "0.5", "weight-decay", "0.001"));
  }
}
