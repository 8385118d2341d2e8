package org.roundel.hesign;

import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.kit.QuantizerContract;

class HeSignContractTest extends QuantizerContract {
  @Override
  protected QuantizerFactory factory() {
    return new HeSignFactory();
  }
}
