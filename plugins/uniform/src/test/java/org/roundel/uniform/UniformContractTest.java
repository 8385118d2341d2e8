package org.roundel.uniform;

import java.util.List;
import java.util.Map;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.kit.QuantizerContract;

class UniformContractTest extends QuantizerContract {
  @Override
  protected QuantizerFactory factory() {
    return new UniformFactory();
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(
        Map.of(),
        Map.of("bits", "2", "ties", "half-away"),
        Map.of("bits", "16", "rounding", "stochastic"),
        Map.of("bits", "4", "granularity", "channel"),
        Map.of("bits", "3", "granularity", "channel", "rounding", "stochastic"),
        Map.of("bits", "4", "range", "0.7"),
        Map.of("bits", "4", "range", "0.7", "rounding", "stochastic"));
  }
}
