package org.roundel.resnet;

import java.util.Map;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.ModelFactory;
import org.roundel.kit.ModelContract;

class ResNetContractTest extends ModelContract {
  @Override
  protected ModelFactory factory() {
    return new ResNetFactory();
  }

  @Override
  protected InputShape input() {
    return new InputShape(3, 12, 12);
  }

  @Override
  protected Map<String, String> options() {
    return Map.of("depth", "8");
  }
}
