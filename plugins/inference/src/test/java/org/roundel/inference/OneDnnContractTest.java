package org.roundel.inference;

import org.roundel.api.inference.InferenceFactory;
import org.roundel.kit.InferenceContract;

class OneDnnContractTest extends InferenceContract {
  @Override
  protected InferenceFactory factory() {
    return new OneDnnFactory();
  }
}
