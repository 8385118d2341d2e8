package org.roundel.api.model;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A trained array of a model, and its gradient.
 *
 * <p>Both arrays are float32, dense, in c order and of the same shape; the first dimension is the
 * output channel. They are the model's own memory: writing {@code values} changes the net, and
 * {@link Model#computeGradients} overwrites {@code gradient}.
 *
 * @param name unique in the model and stable between versions, as in {@code
 *     stage1-block2-conv1/weight}
 * @param role what the array is in the net
 * @param values the weights that the net computes with
 * @param gradient the gradient of the mean loss of the last batch with respect to the values
 */
public record Parameter(String name, ParameterRole role, INDArray values, INDArray gradient) {
  /** The form of a parameter's or buffer's name. */
  public static final String NAME_PATTERN = "[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*";

  /** Checks the name and that the shapes agree. */
  public Parameter {
    if (!name.matches(NAME_PATTERN)) {
      throw new IllegalArgumentException(
          "parameter name '" + name + "' does not match " + NAME_PATTERN);
    }
    if (!Arrays.equals(values.shape(), gradient.shape())) {
      throw new IllegalArgumentException(
          "parameter '"
              + name
              + "' has shape "
              + Arrays.toString(values.shape())
              + " but its gradient "
              + Arrays.toString(gradient.shape()));
    }
  }
}
