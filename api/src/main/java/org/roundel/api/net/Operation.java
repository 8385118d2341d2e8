package org.roundel.api.net;

import java.util.List;
import java.util.Map;

/**
 * One operation of a net in inference. Its inputs are values of the graph, by number; its arrays
 * are named, see {@link ShippedNet#array}. Immutable.
 *
 * <p>There may come to be more of them: who writes them down refuses those that it does not know,
 * by their name and kind.
 */
public sealed interface Operation
    permits Convolution,
        Linear,
        BatchNormalization,
        ScaleShift,
        Activation,
        Pooling,
        Add,
        ZeroPaddedShortcut {
  /** Returns the name that the net's author knows it by, unique in the graph. */
  String name();

  /** Returns in a word what it computes, as in {@code convolution}. */
  String kind();

  /** Returns the numbers of the values it reads, at least one. */
  List<Integer> inputs();

  /**
   * Returns the shape of its output.
   *
   * @param inputs the shapes of the values that it reads
   * @throws IllegalArgumentException if it does not fit them; the message says why
   */
  ValueShape outputShape(List<ValueShape> inputs);

  /**
   * Returns the names of its arrays with the shapes that they have, in the order weights, bias or
   * scale, shift, mean, variance.
   *
   * @param inputs the shapes of the values that it reads
   */
  default Map<String, List<Integer>> arrays(List<ValueShape> inputs) {
    return Map.of();
  }
}
