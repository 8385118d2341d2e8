package org.roundel.dl4j;

import java.util.Map;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.ModelFactory;
import org.roundel.kit.ModelContract;

class ToyNetContractTest extends ModelContract {
  @Override
  protected ModelFactory factory() {
    return new ToyNetFactory();
  }

  @Override
  protected InputShape input() {
    return new InputShape(1, 8, 7);
  }

  @Override
  protected Map<String, String> options() {
    return Map.of("width", "3", "engine", "dl4j");
  }

  @Override
  protected boolean isOffered() {
    return false;
  }
}
