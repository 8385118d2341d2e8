package org.roundel.proxquant;

import java.util.List;
import java.util.Map;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.kit.QuantizerContract;

class ProxQuantContractTest extends QuantizerContract {
  @Override
  protected QuantizerFactory factory() {
    return new ProxQuantFactory();
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(
        Map.of(),
        Map.of("scale", "0.05", "strength", "100"),
        Map.of("freeze-at", "0"),
        Map.of("freeze-at", "1"));
  }
}
