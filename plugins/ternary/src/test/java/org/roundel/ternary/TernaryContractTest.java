package org.roundel.ternary;

import java.util.List;
import java.util.Map;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.kit.QuantizerContract;

class TernaryContractTest extends QuantizerContract {
  @Override
  protected QuantizerFactory factory() {
    return new TernaryFactory();
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(Map.of(), Map.of("threshold", "0"), Map.of("threshold", "0.99"));
  }
}
