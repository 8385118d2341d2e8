package org.roundel.binaryrelax;

import java.util.List;
import java.util.Map;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.kit.QuantizerContract;

class BinaryRelaxContractTest extends QuantizerContract {
  @Override
  protected QuantizerFactory factory() {
    return new BinaryRelaxFactory();
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(
        Map.of(),
        Map.of("lambda-start", "0.001", "lambda-end", "1000000"),
        Map.of("phase-two-at", "0"),
        Map.of("phase-two-at", "1"));
  }
}
