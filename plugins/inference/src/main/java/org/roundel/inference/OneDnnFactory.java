package org.roundel.inference;

import org.roundel.api.Options;
import org.roundel.api.inference.Inference;
import org.roundel.api.inference.InferenceFactory;
import org.roundel.api.net.ShippedNet;

/** Makes the inference {@code onednn}. */
final class OneDnnFactory implements InferenceFactory {
  @Override
  public String name() {
    return "onednn";
  }

  @Override
  public String description() {
    return "programs on oneDNN, with weights in its layouts once and for all";
  }

  @Override
  public Inference create(ShippedNet net, Options options) {
    return new OneDnnInference(net);
  }
}
