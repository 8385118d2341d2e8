package org.roundel.core.ship;

/**
 * The memory that training a net needs, by part, in bytes.
 *
 * @param weights the net's weights and running statistics
 * @param gradients one number for each weight, and where a batch is computed in parts, some more
 * @param latent the float32 copy of quantized weights; 0 for a method that keeps none
 * @param optimizer what the optimizer keeps beside the weights
 * @param quantizer what the quantizer keeps beside them, and the last quantized values, by which
 *     moves are counted
 * @param averages the moving average of what is trained; 0 for none
 * @param activations the net's own work memory for a batch or a part of it: activations, their
 *     gradients, and copies in the layouts of its kernels
 */
public record TrainingMemory(
    long weights,
    long gradients,
    long latent,
    long optimizer,
    long quantizer,
    long averages,
    long activations) {
  /** Returns the sum. */
  public long total() {
    return weights + gradients + latent + optimizer + quantizer + averages + activations;
  }
}
