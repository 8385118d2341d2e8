package org.roundel.api.model;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array of a model that is not trained by gradient but belongs to its state: a running mean or
 * variance of batch normalisation.
 *
 * <p>Float32, dense, c order; the model's own memory. {@link Model#computeGradients} and {@link
 * Model#estimateBuffers} update it, {@link Model#evaluate} reads it. A running variance is that of
 * the unbiased variances of the batches, n/(n − 1) of the biased ones that normalise n values of a
 * channel, as in PyTorch.
 *
 * @param name unique among the model's buffers and parameters; its form is {@link
 *     Parameter#NAME_PATTERN}
 * @param values the numbers
 */
public record Buffer(String name, INDArray values) {
  /** Checks the name. */
  public Buffer {
    if (!name.matches(Parameter.NAME_PATTERN)) {
      throw new IllegalArgumentException(
          "buffer name '" + name + "' does not match " + Parameter.NAME_PATTERN);
    }
  }
}
