package org.roundel.binaryconnect;

import java.util.List;
import java.util.Map;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.kit.QuantizerContract;

class BinaryConnectContractTest extends QuantizerContract {
  @Override
  protected QuantizerFactory factory() {
    return new BinaryConnectFactory();
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(
        Map.of(),
        Map.of("rounding", "stochastic"),
        Map.of("estimator", "ede"),
        Map.of("estimator", "reste", "clip", "false"),
        Map.of("clip", "false", "scale", "0.05"),
        Map.of("grid", "fixed-point"),
        Map.of("grid", "fixed-point", "rounding", "stochastic", "delta", "0.1"));
  }
}
