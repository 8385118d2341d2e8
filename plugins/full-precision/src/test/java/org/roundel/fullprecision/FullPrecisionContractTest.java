package org.roundel.fullprecision;

import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.kit.QuantizerContract;

class FullPrecisionContractTest extends QuantizerContract {
  @Override
  protected QuantizerFactory factory() {
    return new FullPrecisionFactory();
  }
}
