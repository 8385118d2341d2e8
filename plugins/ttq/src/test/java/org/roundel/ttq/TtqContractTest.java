package org.roundel.ttq;

import java.util.List;
import java.util.Map;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.kit.QuantizerContract;

class TtqContractTest extends QuantizerContract {
  @Override
  protected QuantizerFactory factory() {
    return new TtqFactory();
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(Map.of(), Map.of("threshold", "0.5"), Map.of("threshold", "0"));
  }
}
