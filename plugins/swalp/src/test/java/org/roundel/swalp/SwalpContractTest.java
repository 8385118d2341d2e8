package org.roundel.swalp;

import java.util.List;
import java.util.Map;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.kit.QuantizerContract;

class SwalpContractTest extends QuantizerContract {
  @Override
  protected QuantizerFactory factory() {
    return new SwalpFactory();
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(
        Map.of(),
        Map.of("grid", "fixed-point", "start-at", "0"),
        Map.of("start-at", "0", "cycle", "3", "average-delta", "0.25"),
        Map.of("delta", "0.1", "start-at", "1", "average-delta", "0.05"));
  }
}
