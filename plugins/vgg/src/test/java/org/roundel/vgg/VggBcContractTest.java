package org.roundel.vgg;

import org.junit.jupiter.api.Tag;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.ModelFactory;
import org.roundel.kit.ModelContract;

@Tag("thorough")
class VggBcContractTest extends ModelContract {
  @Override
  protected ModelFactory factory() {
    return new VggBcFactory();
  }

  @Override
  protected InputShape input() {
    return new InputShape(1, 8, 8);
  }
}
