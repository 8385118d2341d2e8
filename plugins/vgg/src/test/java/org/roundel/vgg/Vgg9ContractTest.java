package org.roundel.vgg;

import org.roundel.api.model.InputShape;
import org.roundel.api.model.ModelContract;
import org.roundel.api.model.ModelFactory;

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
