package org.roundel.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import org.roundel.api.net.ZeroPaddedShortcut;

/** Writes the operations of a net as nodes of an ONNX graph. */
final class NodeWriter {
  /** The name of the graph's input. */
  static final String IMAGES = "images";

  /** The name of its output. */
  static final String SCORES = "scores";

  private final ShippedNet net;
  private final OnnxGraph graph;
  private final Dialect dialect;

  /** The name of each of the net's values. */
  private final List<String> values = new ArrayList<>();

  /**
   * Makes a writer.
   *
   * @param images the value that the net sees as its images
   */
  NodeWriter(ShippedNet net, OnnxGraph graph, Dialect dialect, String images) {
    this.net = net;
    this.graph = graph;
    this.dialect = dialect;
    values.add(images);
  }

  /** Writes all operations; the last node makes {@link #SCORES}. */
  void write() {
    for (Operation operation : net.graph().operations()) {
      values.add(write(operation));
    }
    graph.nameOutput(SCORES);
  }

  private String write(Operation operation) {
    String input = values.get(operation.inputs().get(0));
    ValueShape shape = net.graph().shape(operation.inputs().get(0));
    if (operation instanceof Convolution convolution) {
      return convolution(convolution, input, shape);
    }
    if (operation instanceof Linear linear) {
      return dialect.linear(linear, shape.row() ? input : graph.node("Flatten", input));
    }
    if (operation instanceof BatchNormalization normalization) {
      return normalization(normalization, input);
    }
    if (operation instanceof ScaleShift scaleShift) {
      String product = graph.node("Mul", input, perChannel(scaleShift.scale(), shape));
      return graph.node("Add", product, perChannel(scaleShift.shift(), shape));
    }
    if (operation instanceof Activation activation) {
      return new ActivationNodes(graph).write(activation, input);
    }
    if (operation instanceof Pooling pooling) {
      return pooling(pooling, input, shape);
    }
    if (operation instanceof Add add) {
      return graph.node("Add", input, values.get(add.right()));
    }
    if (operation instanceof ZeroPaddedShortcut shortcut) {
      return shortcut(shortcut, input, shape);
    }
    throw new IllegalArgumentException("operation '" + operation.name() + "' is unknown");
  }

  private String convolution(Convolution convolution, String input, ValueShape shape) {
    OnnxWindow window = OnnxWindow.of(convolution.window(), shape);
    List<String> inputs = new ArrayList<>();
    inputs.add(window.cut(graph, input));
    inputs.add(dialect.weights(convolution.weights()));
    if (convolution.bias() != null) {
      inputs.add(floats(convolution.bias()));
    }
    return graph.node("Conv", window.attributes(true), inputs.toArray(new String[0]));
  }

  private String normalization(BatchNormalization normalization, String input) {
    int channels = net.array(normalization.mean()).length();
    BatchNormalization.Affine affine = normalization.affine();
    return graph.node(
        "BatchNormalization",
        new Attributes().real("epsilon", normalization.epsilon()),
        input,
        affine == null ? constant(channels, 1) : floats(affine.scale()),
        affine == null ? constant(channels, 0) : floats(affine.shift()),
        floats(normalization.mean()),
        floats(normalization.variance()));
  }

  private String pooling(Pooling pooling, String input, ValueShape shape) {
    boolean maximum = pooling.method() == Pooling.Method.MAXIMUM;
    if (pooling.window().isWhole(shape)) {
      return graph.node(maximum ? "GlobalMaxPool" : "GlobalAveragePool", input);
    }
    OnnxWindow window = OnnxWindow.of(pooling.window(), shape);
    Attributes attributes = window.attributes(maximum);
    if (pooling.method() == Pooling.Method.AVERAGE_WITH_PADDING) {
      attributes.number("count_include_pad", 1);
    }
    return graph.node(maximum ? "MaxPool" : "AveragePool", attributes, window.cut(graph, input));
  }

  /** The pooling takes every stride-th pixel; FPGA tools have no Slice. */
  private String shortcut(ZeroPaddedShortcut shortcut, String input, ValueShape shape) {
    String value = input;
    if (shortcut.stride() > 1) {
      value =
          graph.node(
              "MaxPool",
              new Attributes()
                  .numbers("kernel_shape", 1, 1)
                  .numbers("strides", shortcut.stride(), shortcut.stride()),
              value);
    }
    int more = shortcut.channels() - shape.channels();
    return more == 0 ? value : graph.node("Pad", value, graph.numbers(0, 0, 0, 0, 0, more, 0, 0));
  }

  private String floats(String name) {
    NetArray array = net.array(name);
    return graph.floats(array.shape(), array.values());
  }

  private String perChannel(String name, ValueShape shape) {
    int channels = shape.channels();
    return graph.floats(
        shape.row() ? List.of(channels) : List.of(channels, 1, 1), net.array(name).values());
  }

  private String constant(int channels, float value) {
    float[] numbers = new float[channels];
    Arrays.fill(numbers, value);
    return graph.floats(List.of(channels), numbers);
  }
}
