package org.roundel.onednn.kernel;

import org.jspecify.annotations.Nullable;
import org.roundel.onednn.memory.Tensor;
import org.roundel.winograd.Loading;

/** A way to compute a batch normalisation in training, and the rectifier behind it if asked to. */
public interface NormalizationKernel {
  /**
   * Adds the forward step, which also writes the batch's mean and variance.
   *
   * @param source the input
   * @param target the output, written
   */
  void forward(Tensor source, Tensor target);

  /**
   * Adds, in place of the forward step, one that writes the batch's mean and variance only.
   *
   * @param source the input
   * @return what normalises the input as its readers load it; null if it cannot be done, and then
   *     no step was added
   */
  default @Nullable Loading measure(Tensor source) {
    return null;
  }

  /**
   * Adds the backward step, which also writes the gradients of scale and shift.
   *
   * @param source the input
   * @param gradient of the output
   * @param result the gradient of the input, written; may be the output's
   */
  void backward(Tensor source, Tensor gradient, Tensor result);
}
