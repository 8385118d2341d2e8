package org.roundel.bop;

import java.util.List;
import java.util.Map;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.kit.QuantizerContract;

class BopContractTest extends QuantizerContract {
  @Override
  protected QuantizerFactory factory() {
    return new BopFactory();
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(
        Map.of(),
        Map.of("scale", "0.25", "gamma", "0.1", "threshold", "0.01"),
        Map.of("order", "second", "gamma-decay", "0.01"));
  }
}
