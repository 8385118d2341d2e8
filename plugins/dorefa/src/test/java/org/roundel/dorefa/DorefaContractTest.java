package org.roundel.dorefa;

import java.util.List;
import java.util.Map;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.kit.QuantizerContract;

class DorefaContractTest extends QuantizerContract {
  @Override
  protected QuantizerFactory factory() {
    return new DorefaFactory();
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(Map.of(), Map.of("bits", "1"), Map.of("bits", "3"), Map.of("bits", "8"));
  }
}
