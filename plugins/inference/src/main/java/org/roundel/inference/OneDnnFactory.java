package org.roundel.inference;

import org.roundel.api.InvalidInputException;
import org.roundel.api.MemoryLimit;
import org.roundel.api.Options;
import org.roundel.api.inference.Inference;
import org.roundel.api.inference.InferenceFactory;
import org.roundel.api.net.ShippedNet;
import org.roundel.onednn.InsufficientMemoryException;

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
    try {
      return new OneDnnInference(
          net,
          () ->
              MemoryLimit.ofProcess()
                  .map(MemoryLimit::availableOutsideHeap)
                  .orElse(Long.MAX_VALUE));
    } catch (InsufficientMemoryException tooLarge) {
      throw new InvalidInputException(tooLarge.getMessage(), tooLarge);
    }
  }
}
