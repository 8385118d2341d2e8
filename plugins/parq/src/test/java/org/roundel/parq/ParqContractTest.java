package org.roundel.parq;

import java.util.List;
import java.util.Map;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.kit.QuantizerContract;

class ParqContractTest extends QuantizerContract {
  @Override
  protected QuantizerFactory factory() {
    return new ParqFactory();
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(
        Map.of(),
        Map.of("bits", "1"),
        Map.of("bits", "ternary", "anneal-end", "0.4"),
        Map.of("bits", "3", "anneal-start", "0.5"),
        Map.of("bits", "4", "anneal-steepness", "1", "anneal-end", "1"));
  }
}
