package org.roundel.stochasticrounding;

import java.util.List;
import java.util.Map;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.kit.QuantizerContract;

class StochasticRoundingContractTest extends QuantizerContract {
  @Override
  protected QuantizerFactory factory() {
    return new StochasticRoundingFactory();
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(
        Map.of(),
        Map.of("scale", "0.05"),
        Map.of("grid", "fixed-point"),
        Map.of("grid", "fixed-point", "delta", "0.1", "minimum", "-0.3", "maximum", "1.2"));
  }
}
