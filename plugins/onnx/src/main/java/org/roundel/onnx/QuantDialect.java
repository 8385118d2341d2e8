package org.roundel.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.api.net.Levels;
import org.roundel.api.net.Linear;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.ShippedNet;

/**
 * Weights of QONNX: floats that go through a {@code BipolarQuant}, s where the weight is at least 0
 * and −s elsewhere, or a {@code Quant}, s · clip(round(weight / s)) with zero point 0. The float32
 * product of a whole number and a step may differ from the net's own weight in the last bit.
 */
final class QuantDialect implements Dialect {
  static final String DOMAIN = "qonnx.custom_op.general";
  static final int VERSION = 1;

  private final ShippedNet net;
  private final OnnxGraph graph;

  QuantDialect(ShippedNet net, OnnxGraph graph) {
    this.net = net;
    this.graph = graph;
  }

  @Override
  public String weights(String name) {
    NetArray array = net.array(name);
    return quantized(
        graph.floats(array.shape(), array.values()), array.levels(), channelFirst(array));
  }

  private static List<Integer> channelFirst(NetArray array) {
    List<Integer> shape = new ArrayList<>(Collections.nCopies(array.shape().size(), 1));
    shape.set(0, array.shape().get(0));
    return shape;
  }

  /** Returns what a quantizer makes of weights, with steps of that shape if each filter has one. */
  private String quantized(String weights, @Nullable Levels levels, List<Integer> filters) {
    if (levels == null) {
      return weights;
    }
    EvenGrid grid = EvenGrid.of(levels).orElseThrow();
    float[] steps = new float[grid.steps().size()];
    for (int filter = 0; filter < steps.length; filter++) {
      // A filter of zeros: a quantizer divides by its step.
      float step = grid.steps().get(filter);
      steps[filter] = step == 0 && !grid.bipolar() ? 1 : step;
    }
    String scale = graph.floats(steps.length == 1 ? List.of() : filters, steps);
    if (grid.bipolar()) {
      return graph.node("BipolarQuant", DOMAIN, new Attributes(), weights, scale);
    }
    return graph.node(
        "Quant",
        DOMAIN,
        new Attributes()
            .number("signed", grid.signed() ? 1 : 0)
            .number("narrow", grid.narrow() ? 1 : 0)
            .text("rounding_mode", "ROUND"),
        weights,
        scale,
        graph.floats(List.of(), 0),
        graph.floats(List.of(), grid.bits()));
  }

  @Override
  public String linear(Linear linear, String row) {
    NetArray array = net.array(linear.weights());
    int outputs = array.shape().get(0);
    int inputs = array.shape().get(1);
    float[] transposed = new float[array.length()];
    for (int output = 0; output < outputs; output++) {
      for (int input = 0; input < inputs; input++) {
        transposed[input * outputs + output] = array.value(output * inputs + input);
      }
    }
    String weights =
        quantized(
            graph.floats(List.of(inputs, outputs), transposed),
            array.levels(),
            List.of(1, outputs));
    String product = graph.node("MatMul", row, weights);
    if (linear.bias() == null) {
      return product;
    }
    NetArray bias = net.array(linear.bias());
    return graph.node("Add", product, graph.floats(bias.shape(), bias.values()));
  }
}
