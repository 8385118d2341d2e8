package org.roundel.lsq;

import java.util.List;
import java.util.Map;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.kit.QuantizerContract;

class LsqContractTest extends QuantizerContract {
  @Override
  protected QuantizerFactory factory() {
    return new LsqFactory();
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(Map.of(), Map.of("bits", "2"), Map.of("bits", "8"));
  }
}
