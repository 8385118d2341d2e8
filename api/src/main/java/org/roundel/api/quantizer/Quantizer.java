package org.roundel.api.quantizer;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Keeps the weights of a net quantized while it is trained.
 *
 * <p>A method either keeps a full-precision <em>latent</em> copy of each quantized parameter, from
 * which the net's weights are computed before every step (BinaryConnect), or it does not, and then
 * the stored weights are the net's weights and only ever hold values of the grid (deterministic and
 * stochastic rounding). {@link #keepsLatentWeights()} says which. For every quantized parameter,
 * one update calls, in this order:
 *
 * <ol>
 *   <li>{@link #quantize} from the latent weights to the net's, only where latent weights are kept;
 *   <li>(the net computes loss and gradients with its weights)
 *   <li>{@link #gradient} may shape the gradient;
 *   <li>(the optimizer updates the latent weights, or the net's weights where there are none)
 *   <li>{@link #afterUpdate} on what the optimizer has just written.
 * </ol>
 *
 * <p>{@link #initialize} is called once before training, on the latent weights where they are kept,
 * else on the net's weights. When training starts from another run's weights, {@link #afterUpdate}
 * brings them into the allowed set instead.
 *
 * <p>All arrays are float32, dense, in c order, their first dimension the output channel; {@link
 * org.roundel.api.Tensors#floats} gives their elements. A hook writes only the array that its
 * documentation names, keeps no reference to any array, uses no random numbers but the context's,
 * and is a pure function of its arguments; so one quantizer may serve several threads and
 * parameters at a time.
 */
public interface Quantizer {
  /** Returns whether this method keeps full-precision latent weights beside the quantized ones. */
  boolean keepsLatentWeights();

  /**
   * Sets the weights that training starts from; they hold the model's own initial values when
   * called. The default leaves them.
   *
   * @param weights written: the latent weights where they are kept, else the net's weights
   */
  default void initialize(INDArray weights, QuantizationContext context) {}

  /**
   * Computes the net's weights from the latent ones. Never called where no latent weights are kept.
   *
   * @param latent read
   * @param weights written, same shape
   */
  default void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
    if (keepsLatentWeights()) {
      throw new IllegalStateException(
          getClass().getName() + " keeps latent weights but does not say how to quantize them");
    }
  }

  /**
   * Shapes the gradient with respect to the net's weights into the one that the optimizer gets. The
   * default is the straight-through estimator: the gradient passes unchanged.
   *
   * @param weights read: the latent weights where they are kept, else the net's weights
   * @param gradient read and written, same shape
   */
  default void gradient(INDArray weights, INDArray gradient, QuantizationContext context) {}

  /**
   * Brings freshly updated weights back into the allowed set: rounds them to the grid, or clips
   * latent weights. The default leaves them.
   *
   * @param weights read and written: the latent weights where they are kept, else the net's weights
   */
  default void afterUpdate(INDArray weights, QuantizationContext context) {}

  /**
   * Returns the values that a quantized weight can have, in increasing order; empty if there is no
   * fixed set of at most 65,536 values. Where it is not empty, every weight that the net computes
   * with is one of these numbers exactly.
   *
   * @return a new array
   */
  default float[] levels() {
    return new float[0];
  }
}
