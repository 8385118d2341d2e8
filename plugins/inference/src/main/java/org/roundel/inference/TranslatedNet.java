package org.roundel.inference;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.api.net.Activation;
import org.roundel.api.net.Add;
import org.roundel.api.net.BatchNormalization;
import org.roundel.api.net.Convolution;
import org.roundel.api.net.Linear;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.Operation;
import org.roundel.api.net.Pooling;
import org.roundel.api.net.ScaleShift;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;
import org.roundel.api.net.Window;
import org.roundel.api.net.ZeroPaddedShortcut;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Slice;
import org.roundel.onednn.operation.ActivationFunction;
import org.roundel.onednn.operation.PoolingMethod;

/** A net in the words of oneDNN's toolkit: a graph, and one flat array of all its numbers. */
final class TranslatedNet {
  /** Keeps nothing of running statistics, which do not move here. */
  private static final float NO_DECAY = 1;

  private final ShippedNet net;
  private final Map<String, Slice> slices = new HashMap<>();
  private final float[] values;
  private final Graph graph;
  private int used;

  private TranslatedNet(ShippedNet net) {
    this.net = net;
    this.values = new float[length(net)];
    net.arrays().forEach((name, array) -> slices.put(name, slice(array)));
    ValueShape images = net.graph().shape(0);
    Graph.Builder builder =
        Graph.builder(Shape.image(images.channels(), images.height(), images.width()));
    net.graph().operations().forEach(operation -> builder.add(translated(operation)));
    graph = builder.build();
  }

  /**
   * Translates a net.
   *
   * @throws InvalidInputException if the toolkit has no counterpart of an operation
   */
  static TranslatedNet of(ShippedNet net) {
    try {
      return new TranslatedNet(net);
    } catch (IllegalArgumentException | ArithmeticException unfit) {
      throw new InvalidInputException("oneDNN cannot run the net: " + unfit.getMessage(), unfit);
    }
  }

  /** Returns how many numbers the net has, with those that stand in for statistics. */
  private static int length(ShippedNet net) {
    int length = 0;
    for (NetArray array : net.arrays().values()) {
      length = Math.addExact(length, array.length());
    }
    for (Operation operation : net.graph().operations()) {
      if (operation instanceof ScaleShift scaleShift) {
        length = Math.addExact(length, 2 * net.graph().shape(scaleShift.input()).channels());
      }
    }
    return length;
  }

  Graph graph() {
    return graph;
  }

  /** Returns the array that all slices of the graph lie in; the caller's now. */
  float[] values() {
    return values;
  }

  private Slice slice(NetArray array) {
    float[] numbers = array.values();
    System.arraycopy(numbers, 0, values, used, numbers.length);
    return next(numbers.length);
  }

  private Slice slice(float number, int length) {
    Arrays.fill(values, used, used + length, number);
    return next(length);
  }

  private Slice next(int length) {
    Slice slice = new Slice(used, length);
    used += length;
    return slice;
  }

  private Slice named(String array) {
    Slice slice = slices.get(array);
    if (slice == null) {
      throw new IllegalArgumentException("there is no array '" + array + "'");
    }
    return slice;
  }

  private @Nullable Slice optional(@Nullable String array) {
    return array == null ? null : named(array);
  }

  private org.roundel.onednn.graph.Operation translated(Operation operation) {
    String name = operation.name();
    int input = operation.inputs().get(0);
    if (operation instanceof Convolution convolution) {
      return new org.roundel.onednn.operation.Convolution(
          name,
          input,
          convolution.channels(),
          window(convolution.window()),
          named(convolution.weights()),
          optional(convolution.bias()));
    }
    if (operation instanceof Linear linear) {
      return new org.roundel.onednn.operation.Linear(
          name, input, linear.outputs(), named(linear.weights()), optional(linear.bias()));
    }
    if (operation instanceof BatchNormalization normalization) {
      BatchNormalization.Affine affine = normalization.affine();
      return normalization(
          name,
          input,
          affine == null ? null : affine(affine.scale(), affine.shift()),
          List.of(named(normalization.mean()), named(normalization.variance())),
          normalization.epsilon());
    }
    if (operation instanceof ScaleShift scaleShift) {
      // What is normalised by a mean of 0 and a variance of 1 stays as it is.
      int channels = net.graph().shape(input).channels();
      return normalization(
          name,
          input,
          affine(scaleShift.scale(), scaleShift.shift()),
          List.of(slice(0, channels), slice(1, channels)),
          0);
    }
    if (operation instanceof Activation activation) {
      return new org.roundel.onednn.operation.Activation(
          name,
          input,
          ActivationFunction.valueOf(activation.function().name()),
          activation.alpha());
    }
    if (operation instanceof Pooling pooling) {
      return new org.roundel.onednn.operation.Pooling(
          name, input, PoolingMethod.valueOf(pooling.method().name()), window(pooling.window()));
    }
    if (operation instanceof Add add) {
      return new org.roundel.onednn.operation.Add(name, input, add.right());
    }
    if (operation instanceof ZeroPaddedShortcut shortcut) {
      return new org.roundel.onednn.operation.ZeroPaddedShortcut(
          name, input, shortcut.stride(), shortcut.channels());
    }
    throw new IllegalArgumentException("operation '" + name + "' is a " + operation.kind());
  }

  private org.roundel.onednn.operation.BatchNormalization.Affine affine(
      String scale, String shift) {
    return new org.roundel.onednn.operation.BatchNormalization.Affine(named(scale), named(shift));
  }

  private static org.roundel.onednn.graph.Operation normalization(
      String name,
      int input,
      org.roundel.onednn.operation.BatchNormalization.@Nullable Affine affine,
      List<Slice> statistics,
      float epsilon) {
    return new org.roundel.onednn.operation.BatchNormalization(
        name,
        input,
        affine,
        new org.roundel.onednn.operation.BatchNormalization.Running(
            statistics.get(0), statistics.get(1), NO_DECAY),
        epsilon);
  }

  private static org.roundel.onednn.net.Window window(Window window) {
    return new org.roundel.onednn.net.Window(axis(window.rows()), axis(window.columns()));
  }

  private static org.roundel.onednn.net.Window.Axis axis(Window.Axis axis) {
    return new org.roundel.onednn.net.Window.Axis(
        axis.kernel(), axis.stride(), axis.before(), axis.behind(), axis.dilation());
  }
}
