package org.roundel.hesign;

import java.util.List;
import java.util.Map;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.kit.QuantizerContract;

class HeSignContractTest extends QuantizerContract {
  @Override
  protected QuantizerFactory factory() {
    return new HeSignFactory();
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(
        Map.of(),
        Map.of("estimator", "clipped"),
        Map.of("estimator", "ede"),
        Map.of("estimator", "reste"));
  }
}
