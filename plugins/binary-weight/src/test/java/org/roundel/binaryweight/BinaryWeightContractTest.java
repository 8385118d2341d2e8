package org.roundel.binaryweight;

import java.util.List;
import java.util.Map;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.kit.QuantizerContract;

class BinaryWeightContractTest extends QuantizerContract {
  @Override
  protected QuantizerFactory factory() {
    return new BinaryWeightFactory();
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(Map.of(), Map.of("gradient", "straight-through"));
  }
}
