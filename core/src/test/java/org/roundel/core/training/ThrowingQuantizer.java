package org.roundel.core.training;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;

/** Full precision with a latent copy; one of its hooks throws at one update. */
record ThrowingQuantizer(String hook, int step) implements Quantizer {
  @Override
  public boolean keepsLatentWeights() {
    return true;
  }

  @Override
  public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
    throwIf("quantize", context);
    weights.assign(latent);
  }

  @Override
  public void gradient(INDArray weights, INDArray gradient, QuantizationContext context) {
    throwIf("gradient", context);
  }

  @Override
  public void afterUpdate(INDArray weights, QuantizationContext context) {
    throwIf("after-update", context);
  }

  private void throwIf(String called, QuantizationContext context) {
    if (called.equals(hook) && context.moment().step() == step) {
      throw new IllegalStateException("no " + hook + " today");
    }
  }
}
