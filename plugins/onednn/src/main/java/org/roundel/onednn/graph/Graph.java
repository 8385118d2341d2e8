package org.roundel.onednn.graph;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.net.Loss;
import org.roundel.onednn.net.Shape;

/**
 * A net: operations in an order in which they can run, and for training and evaluation a loss on
 * the last one's output. Value 0 is the batch of images; operation k makes value k + 1. Immutable.
 */
public final class Graph {
  private final List<Shape> shapes;
  private final List<Operation> operations;
  private final @Nullable Loss loss;

  private Graph(List<Shape> shapes, List<Operation> operations, @Nullable Loss loss) {
    this.shapes = List.copyOf(shapes);
    this.operations = List.copyOf(operations);
    this.loss = loss;
  }

  /** Returns the same with other operations, which make the same values of the same ones. */
  Graph with(List<Operation> others) {
    return new Graph(shapes, others, loss);
  }

  /** Returns a builder for a net on images of a shape. */
  public static Builder builder(Shape images) {
    return new Builder(images);
  }

  /** Returns the operations; the one at position k makes value k + 1. */
  public List<Operation> operations() {
    return operations;
  }

  /** Returns the shape of a value. */
  public Shape shape(int value) {
    return shapes.get(value);
  }

  /** Returns the number of the last value, the scores of the classes. */
  public int output() {
    return operations.size();
  }

  /**
   * Returns the loss.
   *
   * @throws IllegalStateException if it has none
   */
  public Loss loss() {
    if (loss == null) {
      throw new IllegalStateException("this net has no loss, so it can only be frozen");
    }
    return loss;
  }

  /** Returns the operation that makes a value, null for the images. */
  @Nullable Operation producer(int value) {
    return value == 0 ? null : operations.get(value - 1);
  }

  /** Returns, for each value, the numbers of the values that are computed from it. */
  List<List<Integer>> consumers() {
    List<List<Integer>> consumers = new ArrayList<>();
    for (int value = 0; value <= operations.size(); value++) {
      consumers.add(new ArrayList<>());
    }
    for (int value = 1; value <= operations.size(); value++) {
      for (int input : operations.get(value - 1).inputs()) {
        consumers.get(input).add(value);
      }
    }
    return consumers;
  }

  /** Puts a graph together, checking each operation against its inputs. */
  public static final class Builder {
    private final List<Shape> shapes = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();

    private Builder(Shape images) {
      if (images.row()) {
        throw new IllegalArgumentException("a net's input is images");
      }
      shapes.add(images);
    }

    /** Returns the shape of a value that is there already. */
    public Shape shape(int value) {
      return shapes.get(value);
    }

    /**
     * Adds an operation.
     *
     * @return the number of its value
     * @throws IllegalArgumentException if it does not fit its inputs; the message names it
     */
    public int add(Operation operation) {
      try {
        List<Shape> inputs = new ArrayList<>();
        for (int input : operation.inputs()) {
          if (input < 0 || input >= shapes.size()) {
            throw new IllegalArgumentException("it reads value " + input);
          }
          inputs.add(shapes.get(input));
        }
        shapes.add(operation.outputShape(inputs));
      } catch (IllegalArgumentException problem) {
        throw new IllegalArgumentException(
            "operation '" + operation.name() + "': " + problem.getMessage(), problem);
      }
      operations.add(operation);
      return operations.size();
    }

    /**
     * Returns the graph, whose output is the value added last.
     *
     * @throws IllegalArgumentException if the output is not a row, or a value is never used
     */
    public Graph build(Loss loss) {
      return checked(loss);
    }

    /**
     * Returns the graph without a loss, for a net that only gives scores.
     *
     * @throws IllegalArgumentException as the other one does
     */
    public Graph build() {
      return checked(null);
    }

    private Graph checked(@Nullable Loss loss) {
      Graph graph = new Graph(shapes, operations, loss);
      if (!graph.shape(graph.output()).row()) {
        throw new IllegalArgumentException("a net's output is a row of scores");
      }
      List<List<Integer>> consumers = graph.consumers();
      for (int value = 0; value < graph.output(); value++) {
        if (consumers.get(value).isEmpty()) {
          throw new IllegalArgumentException(
              "value "
                  + value
                  + " is never used; it is made by "
                  + (value == 0 ? "the input" : operations.get(value - 1).name()));
        }
      }
      return graph;
    }
  }
}
