package org.roundel.api.net;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The operations of a net in inference, in an order in which they can be computed. Value 0 is the
 * images; operation k makes value k + 1; the last value is the scores of the classes, a row.
 * Immutable.
 */
public final class NetGraph {
  private final List<Operation> operations;
  private final boolean softmax;
  private final List<ValueShape> shapes = new ArrayList<>();
  private final Map<String, List<Integer>> arrays = new LinkedHashMap<>();

  /**
   * Makes a graph, and infers all shapes.
   *
   * @param images the shape of one image
   * @param operations at least one
   * @param softmax whether the probabilities of the classes are the softmax of the scores; without
   *     it, a score only says which class is more likely
   * @throws IllegalArgumentException if an operation does not fit its inputs, two have one name, an
   *     array is used in two shapes, or the last value is no row; the message names the operation
   */
  public NetGraph(ValueShape images, List<Operation> operations, boolean softmax) {
    this.operations = List.copyOf(operations);
    this.softmax = softmax;
    shapes.add(images);
    Set<String> names = new HashSet<>();
    for (Operation operation : operations) {
      try {
        if (!names.add(operation.name())) {
          throw new IllegalArgumentException("another one has its name");
        }
        add(operation);
      } catch (IllegalArgumentException unfit) {
        throw new IllegalArgumentException(
            "operation '" + operation.name() + "': " + unfit.getMessage(), unfit);
      }
    }
    if (operations.isEmpty() || !shape(output()).row()) {
      throw new IllegalArgumentException("a net's output is a row of scores");
    }
  }

  private void add(Operation operation) {
    List<ValueShape> inputs = new ArrayList<>();
    for (int input : operation.inputs()) {
      if (input < 0 || input >= shapes.size()) {
        throw new IllegalArgumentException(
            "it reads value " + input + " of " + shapes.size() + " that are there");
      }
      inputs.add(shapes.get(input));
    }
    shapes.add(operation.outputShape(inputs));
    operation
        .arrays(inputs)
        .forEach(
            (array, sizes) -> {
              if (!sizes.equals(arrays.getOrDefault(array, sizes))) {
                throw new IllegalArgumentException(
                    "its array '" + array + "' is also used as " + arrays.get(array));
              }
              arrays.put(array, sizes);
            });
  }

  /** Returns the operations; the one at position k makes value k + 1. */
  public List<Operation> operations() {
    return operations;
  }

  /** Returns whether the probabilities of the classes are the softmax of the scores. */
  public boolean softmax() {
    return softmax;
  }

  /** Returns the shape of a value for one image. */
  public ValueShape shape(int value) {
    return shapes.get(value);
  }

  /** Returns the number of the last value, the scores of the classes. */
  public int output() {
    return operations.size();
  }

  /** Returns how many classes there are. */
  public int classes() {
    return shape(output()).channels();
  }

  /** Returns the arrays that the operations name, with their shapes, in the operations' order. */
  public Map<String, List<Integer>> arrays() {
    return Collections.unmodifiableMap(arrays);
  }

  /** Returns, for each value, how many operations read it. */
  public int[] readers() {
    int[] readers = new int[shapes.size()];
    for (Operation operation : operations) {
      operation.inputs().forEach(input -> readers[input]++);
    }
    return readers;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NetGraph graph
        && graph.shape(0).equals(shape(0))
        && graph.operations.equals(operations)
        && graph.softmax == softmax;
  }

  @Override
  public int hashCode() {
    return operations.hashCode();
  }
}
