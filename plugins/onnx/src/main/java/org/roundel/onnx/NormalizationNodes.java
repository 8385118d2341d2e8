package org.roundel.onnx;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.api.net.BatchNormalization;
import org.roundel.api.net.BatchNormalization.Affine;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;

/**
 * Writes batch normalisations.
 *
 * @param fold whether as x · s + (shift − mean · s) with s = scale / √(variance + ε), two vectors
 *     that are computed in double precision, instead of a node with all four
 */
record NormalizationNodes(ShippedNet net, OnnxGraph graph, boolean fold) {
  /** Returns the value that the normalisation makes of another of that shape. */
  String write(BatchNormalization normalization, String input, ValueShape shape) {
    int channels = shape.channels();
    Affine affine = normalization.affine();
    float[] scale = numbers(affine == null ? null : affine.scale(), channels, 1);
    float[] shift = numbers(affine == null ? null : affine.shift(), channels, 0);
    float[] mean = net.array(normalization.mean()).values();
    float[] variance = net.array(normalization.variance()).values();
    if (!fold) {
      return graph.node(
          "BatchNormalization",
          new Attributes().real("epsilon", normalization.epsilon()),
          input,
          graph.floats(List.of(channels), scale),
          graph.floats(List.of(channels), shift),
          graph.floats(List.of(channels), mean),
          graph.floats(List.of(channels), variance));
    }
    for (int channel = 0; channel < channels; channel++) {
      double factor =
          scale[channel] / Math.sqrt((double) variance[channel] + normalization.epsilon());
      scale[channel] = (float) factor;
      shift[channel] = (float) (shift[channel] - mean[channel] * factor);
    }
    List<Integer> perChannel = shape.row() ? List.of(channels) : List.of(channels, 1, 1);
    String product = graph.node("Mul", input, graph.floats(perChannel, scale));
    return graph.node("Add", product, graph.floats(perChannel, shift));
  }

  private float[] numbers(@Nullable String name, int count, float otherwise) {
    if (name != null) {
      NetArray array = net.array(name);
      return array.values();
    }
    float[] numbers = new float[count];
    Arrays.fill(numbers, otherwise);
    return numbers;
  }
}
