package org.roundel.resnet;

import java.util.Map;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.ModelFactory;
import org.roundel.kit.ModelContract;

class WideResNetContractTest extends ModelContract {
  @Override
  protected ModelFactory factory() {
    return new WideResNetFactory();
  }

  @Override
  protected InputShape input() {
    return new InputShape(1, 8, 8);
  }

  @Override
  protected Map<String, String> options() {
    return Map.of("depth", "8", "widening", "2");
  }
}
