package org.roundel.api.quantizer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The arrays that a quantizer keeps beside one parameter, and the gradients of those that are
 * learned. All are float32, dense, in c order.
 *
 * <p>The training loop owns them: it makes them, saves them in checkpoints, lets the optimizer
 * update the learned ones, and hands them to the hooks in the {@link QuantizationContext}.
 */
public final class QuantizerState {
  private static final QuantizerState NONE = new QuantizerState(List.of());

  private record Arrays(INDArray values, @Nullable INDArray gradient) {}

  private final List<StateArray> declared;
  private final Map<String, Arrays> arrays = new LinkedHashMap<>();

  private QuantizerState(List<StateArray> declared) {
    this.declared = List.copyOf(declared);
  }

  /** Returns the state of a quantizer that declares no arrays. */
  public static QuantizerState none() {
    return NONE;
  }

  /**
   * Makes the arrays for one parameter, all zero.
   *
   * @param declared what {@link Quantizer#stateArrays} returns
   * @param shape the parameter's shape
   * @throws IllegalArgumentException if two arrays have the same name
   */
  public static QuantizerState allocate(List<StateArray> declared, long... shape) {
    if (declared.isEmpty()) {
      return NONE;
    }
    QuantizerState state = new QuantizerState(declared);
    for (StateArray array : declared) {
      long[] size =
          switch (array.extent()) {
            case WEIGHTS -> shape.clone();
            case CHANNELS -> new long[] {shape[0]};
            case ONE -> new long[] {1};
          };
      INDArray values = Nd4j.zeros(DataType.FLOAT, size);
      INDArray gradient = array.learned() ? Nd4j.zeros(DataType.FLOAT, size) : null;
      if (state.arrays.put(array.name(), new Arrays(values, gradient)) != null) {
        throw new IllegalArgumentException(
            "the quantizer declares two state arrays named '" + array.name() + "'");
      }
    }
    return state;
  }

  /** Returns what was declared, in that order. */
  public List<StateArray> declared() {
    return declared;
  }

  /**
   * Returns the values of an array.
   *
   * @throws IllegalArgumentException if the quantizer did not declare it
   */
  public INDArray values(String name) {
    return find(name).values();
  }

  /**
   * Returns the gradient of a learned array: of the mean loss with respect to its values.
   *
   * @throws IllegalArgumentException if the quantizer did not declare it, or not as learned
   */
  public INDArray gradient(String name) {
    INDArray gradient = find(name).gradient();
    if (gradient == null) {
      throw new IllegalArgumentException("state array '" + name + "' is not declared as learned");
    }
    return gradient;
  }

  private Arrays find(String name) {
    Arrays found = arrays.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "state array '" + name + "' is not declared; declared: " + arrays.keySet());
    }
    return found;
  }
}
