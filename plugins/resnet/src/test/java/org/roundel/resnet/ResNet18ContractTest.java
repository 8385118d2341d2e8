package org.roundel.resnet;

import org.roundel.api.model.InputShape;
import org.roundel.api.model.ModelContract;
import org.roundel.api.model.ModelFactory;

class ResNet18ContractTest extends ModelContract {
  @Override
  protected ModelFactory factory() {
    return new ResNet18Factory();
  }

  @Override
  protected InputShape input() {
    return new InputShape(3, 33, 33);
  }
}
