package org.roundel.vgg;

import org.roundel.api.model.InputShape;
import org.roundel.api.model.ModelFactory;
import org.roundel.kit.ModelContract;

class Vgg9ContractTest extends ModelContract {
  @Override
  protected ModelFactory factory() {
    return new Vgg9Factory();
  }

  @Override
  protected InputShape input() {
    return new InputShape(3, 9, 8);
  }
}
