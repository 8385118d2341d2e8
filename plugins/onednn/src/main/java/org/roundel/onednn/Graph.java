package org.roundel.onednn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.Operation.Activation;
import org.roundel.onednn.Operation.Add;
import org.roundel.onednn.Operation.BatchNormalization;
import org.roundel.onednn.Operation.Convolution;
import org.roundel.onednn.Operation.Dropout;
import org.roundel.onednn.Operation.Linear;
import org.roundel.onednn.Operation.Pooling;
import org.roundel.onednn.Operation.ZeroPaddedShortcut;

/**
 * A net: operations in an order in which they can run, and a loss on the last one's output. Value 0
 * is the batch of images; operation k makes value k + 1. Immutable.
 */
public final class Graph {
  private final List<Shape> shapes;
  private final List<Operation> operations;
  private final Loss loss;

  private Graph(List<Shape> shapes, List<Operation> operations, Loss loss) {
    this.shapes = List.copyOf(shapes);
    this.operations = List.copyOf(operations);
    this.loss = loss;
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

  /** Returns the loss. */
  public Loss loss() {
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
      for (int input : operation.inputs()) {
        require(operation, input >= 0 && input < shapes.size(), "it reads value " + input);
      }
      shapes.add(outputShape(operation));
      operations.add(operation);
      return operations.size();
    }

    /**
     * Returns the graph, whose output is the value added last.
     *
     * @throws IllegalArgumentException if the output is not a row, or a value is never used
     */
    public Graph build(Loss loss) {
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

    private Shape outputShape(Operation operation) {
      Shape in = shapes.get(operation.inputs()[0]);
      if (operation instanceof Convolution convolution) {
        Window window = convolution.window();
        requireImage(operation, in, window);
        requireSlice(
            operation,
            convolution.weights(),
            convolution.channels() * in.channels() * window.kernelHeight() * window.kernelWidth());
        requireSlice(operation, convolution.bias(), convolution.channels());
        return window(window, in, convolution.channels());
      }
      if (operation instanceof BatchNormalization normalization) {
        require(
            operation,
            (normalization.scale() == null) == (normalization.shift() == null),
            "scale and shift are given together or not at all");
        requireSlice(operation, normalization.scale(), in.channels());
        requireSlice(operation, normalization.shift(), in.channels());
        requireSlice(operation, normalization.mean(), in.channels());
        requireSlice(operation, normalization.variance(), in.channels());
        return in;
      }
      if (operation instanceof Add add) {
        Shape right = shapes.get(add.right());
        require(operation, in.equals(right), "it adds " + in + " and " + right);
        return in;
      }
      if (operation instanceof ZeroPaddedShortcut shortcut) {
        require(operation, !in.row(), "it gets rows, not images");
        require(
            operation,
            shortcut.stride() >= 1 && shortcut.channels() >= in.channels(),
            "it takes stride "
                + shortcut.stride()
                + " and goes from "
                + in.channels()
                + " to "
                + shortcut.channels()
                + " channels");
        return Shape.image(
            shortcut.channels(),
            (in.height() + shortcut.stride() - 1) / shortcut.stride(),
            (in.width() + shortcut.stride() - 1) / shortcut.stride());
      }
      if (operation instanceof Pooling pooling) {
        requireImage(operation, in, pooling.window());
        return window(pooling.window(), in, in.channels());
      }
      if (operation instanceof Linear linear) {
        requireSlice(operation, linear.weights(), linear.outputs() * in.size());
        requireSlice(operation, linear.bias(), linear.outputs());
        return Shape.row(linear.outputs());
      }
      if (operation instanceof Activation activation
          && (activation.function() == ActivationFunction.RELU
              || activation.function() == ActivationFunction.ELU)) {
        // Their derivatives are computed from the output, which tells the input's sign only then.
        require(
            operation,
            activation.alpha() >= 0,
            "its α is " + activation.alpha() + " and should be at least 0");
      }
      if (operation instanceof Dropout dropout) {
        require(operation, dropout.keep() > 0 && dropout.keep() <= 1, "it keeps " + dropout.keep());
      }
      return in;
    }

    private static Shape window(Window window, Shape in, long channels) {
      return Shape.image(
          channels, window.outputHeight(in.height()), window.outputWidth(in.width()));
    }

    private static void requireImage(Operation operation, Shape in, Window window) {
      require(operation, !in.row(), "it gets rows, not images");
      require(operation, window.fits(in), "its window " + window + " does not fit " + in);
    }

    private static void requireSlice(Operation operation, @Nullable Slice slice, long length) {
      if (slice != null) {
        require(
            operation,
            slice.length() == length,
            "a tensor of it has " + slice.length() + " numbers and should have " + length);
      }
    }

    private static void require(Operation operation, boolean condition, String problem) {
      if (!condition) {
        throw new IllegalArgumentException("operation '" + operation.name() + "': " + problem);
      }
    }
  }
}
