package org.roundel.fullprecision;

import org.roundel.api.quantizer.QuantizerContract;
import org.roundel.api.quantizer.QuantizerFactory;

class FullPrecisionContractTest extends QuantizerContract {
  @Override
  protected QuantizerFactory factory() {
    return new FullPrecisionFactory();
  }
}
