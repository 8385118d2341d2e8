package org.roundel.api.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The arrays that a component keeps beside one parameter, by name, and the gradients of those that
 * are learned. All are float32, dense, in c order.
 *
 * <p>The training loop owns them: it makes them, saves them in checkpoints, lets the optimizer
 * update the learned ones, and hands them to hooks and updates in their contexts.
 */
public final class StateArrays {
  private static final StateArrays NONE = new StateArrays(List.of());

  private record Arrays(INDArray values, @Nullable INDArray gradient) {}

  private final List<StateArray> declared;
  private final Map<String, Arrays> arrays = new LinkedHashMap<>();

  private StateArrays(List<StateArray> declared) {
    this.declared = List.copyOf(declared);
  }

  /** Returns the state of a component that declares no arrays. */
  public static StateArrays none() {
    return NONE;
  }

  /**
   * Makes the arrays for one parameter, all zero.
   *
   * @param declared what the component's {@code stateArrays()} returns
   * @param shape the parameter's shape
   * @throws IllegalArgumentException if two arrays have the same name
   */
  public static StateArrays allocate(List<StateArray> declared, long... shape) {
    return of(declared, size -> Nd4j.zeros(DataType.FLOAT, size), shape);
  }

  /**
   * Makes the arrays for one parameter in memory of the caller's choice.
   *
   * @param declared what the component's {@code stateArrays()} returns
   * @param zeros returns a new array of a shape: zeros, float32, dense, c order
   * @param shape the parameter's shape
   * @throws IllegalArgumentException if two arrays have the same name
   */
  public static StateArrays of(
      List<StateArray> declared, Function<long[], INDArray> zeros, long... shape) {
    if (declared.isEmpty()) {
      return NONE;
    }
    StateArrays state = new StateArrays(declared);
    for (StateArray array : declared) {
      long[] size =
          switch (array.extent()) {
            case WEIGHTS -> shape.clone();
            case CHANNELS -> new long[] {shape[0]};
            case ONE -> new long[] {1};
          };
      INDArray gradient = array.learned() ? zeros.apply(size) : null;
      if (state.arrays.put(array.name(), new Arrays(zeros.apply(size), gradient)) != null) {
        throw new IllegalArgumentException("two state arrays are named '" + array.name() + "'");
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
   * @throws IllegalArgumentException if the component did not declare it
   */
  public INDArray values(String name) {
    return find(name).values();
  }

  /**
   * Returns the gradient of a learned array: of the mean loss with respect to its values.
   *
   * @throws IllegalArgumentException if the component did not declare it, or not as learned
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
