package org.roundel.resnet;

import org.roundel.api.model.InputShape;
import org.roundel.api.model.ModelFactory;
import org.roundel.kit.ModelContract;

class ConvolutionShortcutContractTest extends ModelContract {
  @Override
  protected ModelFactory factory() {
    return new NarrowResNetFactory();
  }

  @Override
  protected InputShape input() {
    return new InputShape(3, 19, 20);
  }

  @Override
  protected boolean isOffered() {
    return false;
  }
}
