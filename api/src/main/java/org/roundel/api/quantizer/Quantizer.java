package org.roundel.api.quantizer;

import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.training.StateArray;

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
 *   <li>{@link #gradient} may shape the gradient, writes that of learned state arrays, and may
 *       write state arrays that are not learned;
 *   <li>(the optimizer updates the latent weights, or the net's weights where there are none, but
 *       not where {@link #updatesWeights}, and the learned state arrays; this and the hook before
 *       it are left out where {@link #isFrozen})
 *   <li>{@link #afterUpdate} on what the optimizer has just written.
 * </ol>
 *
 * <p>Before a net is evaluated or saved, {@link #quantize} is called once more, with {@link
 * QuantizationContext#evaluation}: a method that trains with other weights than those it ships
 * writes the ones to ship.
 *
 * <p>{@link #initialize} is called once before training, on the latent weights where they are kept,
 * else on the net's weights; then {@link #initializeState}. When training starts from another run's
 * weights, those are in place before {@code initializeState}, and {@link #afterUpdate} brings them
 * into the allowed set.
 *
 * <p>All arrays are float32, dense, in c order, their first dimension the output channel; {@link
 * org.roundel.api.Tensors#floats} gives their elements. A hook writes only the arrays that its
 * documentation names, keeps no reference to any array, uses no random numbers but the context's,
 * and is a pure function of its arguments; so one quantizer may serve several threads and
 * parameters at a time.
 */
public interface Quantizer {
  /** Returns whether this method keeps full-precision latent weights beside the quantized ones. */
  boolean keepsLatentWeights();

  /**
   * Returns whether this method moves quantized weights itself, in {@link #afterUpdate} by what
   * {@link #gradient} has noted in state arrays; the default is that the optimizer does. Then the
   * optimizer keeps no arrays for these weights and is not called for them, so neither its options,
   * weight decay included, nor the learning rate mean anything to them. It updates learned state
   * arrays, and all other parameters, as ever. Always the same.
   */
  default boolean updatesWeights() {
    return false;
  }

  /**
   * Returns the arrays that this method keeps beside each quantized parameter, always the same; the
   * default is none. They are zero when training starts, are handed to every hook in {@link
   * QuantizationContext#state}, and are saved in checkpoints.
   */
  default List<StateArray> stateArrays() {
    return List.of();
  }

  /**
   * Returns what this method promises of its rounding, for the contract kit to check. The default
   * is that quantized weights stay where they are.
   */
  default Set<QuantizerProperty> properties() {
    return Set.of(QuantizerProperty.IDEMPOTENT);
  }

  /**
   * Sets the weights that training starts from; they hold the model's own initial values when
   * called. The default leaves them.
   *
   * @param weights written: the latent weights where they are kept, else the net's weights
   */
  default void initialize(INDArray weights, QuantizationContext context) {}

  /**
   * Sets the values that the state arrays start from. The default leaves them at zero.
   *
   * @param weights read: the weights that training starts from; the latent ones where they are kept
   * @param context its state is written
   */
  default void initializeState(INDArray weights, QuantizationContext context) {}

  /**
   * Computes the net's weights from the latent ones. Never called where no latent weights are kept.
   *
   * @param latent read
   * @param weights written, same shape; they hold anything when called
   * @param context its state is read
   */
  default void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
    if (keepsLatentWeights()) {
      throw new IllegalStateException(
          getClass().getName() + " keeps latent weights but does not say how to quantize them");
    }
  }

  /**
   * Returns whether the weights stay in this update: then {@link #gradient} is not called, and the
   * optimizer leaves them, the learned state arrays and its own state for both alone; {@link
   * #afterUpdate} is called as ever. A gradient of zero does not do that, as momentum and weight
   * decay move weights without one. The default is never.
   *
   * @param context as for {@link #gradient}
   */
  default boolean isFrozen(QuantizationContext context) {
    return false;
  }

  /**
   * Shapes the gradient with respect to the net's weights into the one that the optimizer gets. The
   * default is the straight-through estimator: the gradient passes unchanged.
   *
   * @param weights read: the latent weights where they are kept, else the net's weights
   * @param gradient read and written, same shape
   * @param context of its state, the gradient of every learned array is written, whatever it holds
   *     when called; the values of arrays that are not learned are read and written, as for an
   *     average of gradients; those of learned ones are read
   */
  default void gradient(INDArray weights, INDArray gradient, QuantizationContext context) {}

  /**
   * Brings freshly updated weights back into the allowed set: rounds them to the grid, or clips
   * latent weights. The default leaves them.
   *
   * @param weights read and written: the latent weights where they are kept, else the net's weights
   * @param context of its state, the values are read and written
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

  /**
   * Returns how many different values one output channel of a parameter has at most, once training
   * is over; 0 if there is no bound. A method whose values depend on the weights, such as −α, 0 and
   * +α with a scale α of each layer, has no {@link #levels} but says 3 here.
   */
  default int distinctValues() {
    return levels().length;
  }
}
