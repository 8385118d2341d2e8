package org.roundel.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import onnx.Onnx;
import org.nd4j.shade.protobuf.ByteString;

/** Computes the quantizers of a QONNX graph, as its documents define them, on constant weights. */
final class Quantizers {
  private Quantizers() {}

  /** Returns the model with constants instead of quantizers. */
  static Onnx.ModelProto applied(Onnx.ModelProto model) {
    Map<String, Onnx.TensorProto> constants = new HashMap<>();
    Onnx.GraphProto graph = model.getGraph();
    graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
    Onnx.GraphProto.Builder ordinary = graph.toBuilder().clearNode();
    for (Onnx.NodeProto node : graph.getNodeList()) {
      if (node.getOpType().endsWith("Quant")) {
        ordinary.addInitializer(quantized(node, constants));
      } else {
        ordinary.addNode(node);
      }
    }
    return model.toBuilder().setGraph(ordinary).build();
  }

  private static Onnx.TensorProto quantized(
      Onnx.NodeProto node, Map<String, Onnx.TensorProto> constants) {
    Onnx.TensorProto weights = Objects.requireNonNull(constants.get(node.getInput(0)));
    Onnx.TensorProto scale = Objects.requireNonNull(constants.get(node.getInput(1)));
    float[] numbers = floats(weights);
    float[] scales = floats(scale);
    // A scale of each filter stands in the dimension of filters: the first one, or the last of a
    // matrix [inputs, outputs].
    boolean first = scale.getDimsCount() > 0 && scale.getDims(0) > 1;
    int block = numbers.length / Math.toIntExact(weights.getDims(0));
    ByteBuffer result =
        ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int element = 0; element < numbers.length; element++) {
      float s = scales[(first ? element / block : element) % scales.length];
      result.putFloat(
          node.getOpType().equals("BipolarQuant")
              ? (numbers[element] >= 0 ? s : -s)
              : quant(node, numbers[element] / s, floats(constants.get(node.getInput(3)))[0]) * s);
    }
    return weights.toBuilder()
        .setName(node.getOutput(0))
        .setRawData(ByteString.copyFrom(result.array()))
        .build();
  }

  private static float quant(Onnx.NodeProto node, float number, float bits) {
    boolean signed = attribute(node, "signed") == 1;
    boolean narrow = attribute(node, "narrow") == 1;
    double least = signed ? -Math.pow(2, bits - 1) + (narrow ? 1 : 0) : 0;
    double largest = Math.pow(2, signed ? bits - 1 : bits) - 1 - (!signed && narrow ? 1 : 0);
    return (float) Math.rint(Math.max(least, Math.min(largest, number)));
  }

  private static long attribute(Onnx.NodeProto node, String name) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getI();
  }

  private static float[] floats(Onnx.TensorProto tensor) {
    ByteBuffer buffer =
        ByteBuffer.wrap(tensor.getRawData().toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    float[] floats = new float[buffer.remaining() / Float.BYTES];
    buffer.asFloatBuffer().get(floats);
    return floats;
  }
}
