package org.roundel.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roundel.api.net.Levels;
import org.roundel.api.net.Linear;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.ShippedNet;

/**
 * Weights of ONNX as packed bits, which nodes of constants unpack:
 *
 * <pre>
 * levels [2^bits] → Gather(indices of every byte [256, 8/bits]) → table [256, 8/bits]
 * bits [bytes]    → Cast → Gather(table) → Reshape              → weights
 * </pre>
 *
 * Runtimes compute this once, when they load the graph. Values are exact: where each filter has a
 * scale, the levels are whole numbers, and products with scales are formed as {@link Levels} says.
 */
final class PackedDialect implements Dialect {
  private static final int BYTE_VALUES = 256;

  private final ShippedNet net;
  private final OnnxGraph graph;
  private final boolean plain;

  /** What nodes make of constants that layers share. */
  private final Map<String, String> made = new HashMap<>();

  /**
   * Makes a dialect.
   *
   * @param plain whether weights are floats all the same
   */
  PackedDialect(ShippedNet net, OnnxGraph graph, boolean plain) {
    this.net = net;
    this.graph = graph;
    this.plain = plain;
  }

  @Override
  public String weights(String name) {
    NetArray array = net.array(name);
    Levels levels = array.levels();
    if (levels == null || plain) {
      return graph.floats(array.shape(), array.values());
    }
    if (!levels.isPerFilter()) {
      return unpacked(array, levels.bits(), levels.values(0));
    }
    int[] multiples = levels.multiples();
    float[] numbers = new float[multiples.length];
    for (int index = 0; index < numbers.length; index++) {
      numbers[index] = multiples[index];
    }
    return scaled(unpacked(array, levels.bits(), numbers), array.shape().size(), levels);
  }

  private String unpacked(NetArray array, int bits, float[] numbers) {
    byte[] packed = array.packed();
    String levels = graph.floats(List.of(1 << bits), Arrays.copyOf(numbers, 1 << bits));
    String bytes = graph.cast(OnnxGraph.Type.INT32, graph.bytes(List.of(packed.length), packed));
    String values = graph.node("Gather", table(levels, bits), bytes);
    if ((long) packed.length * Byte.SIZE / bits > array.length()) {
      // What the spare bits of the last byte became.
      values =
          graph.node(
              "Slice",
              graph.node("Reshape", values, graph.numbers(-1)),
              graph.numbers(0),
              graph.numbers(array.length()));
    }
    long[] shape = array.shape().stream().mapToLong(Integer::longValue).toArray();
    return graph.node("Reshape", values, graph.numbers(shape));
  }

  /** Returns the levels that each byte stands for; of bytes that are one index, the levels. */
  private String table(String levels, int bits) {
    if (bits == Byte.SIZE) {
      return levels;
    }
    int perByte = Byte.SIZE / bits;
    byte[] indices = new byte[BYTE_VALUES * perByte];
    for (int position = 0; position < indices.length; position++) {
      int shift = position % perByte * bits;
      indices[position] = (byte) ((position / perByte) >> shift & ((1 << bits) - 1));
    }
    String each = graph.bytes(List.of(BYTE_VALUES, perByte), indices);
    String numbers =
        made.computeIfAbsent(each, constant -> graph.cast(OnnxGraph.Type.INT32, constant));
    return made.computeIfAbsent(levels, constant -> graph.node("Gather", constant, numbers));
  }

  private String scaled(String whole, int dimensions, Levels levels) {
    List<Integer> shape = new ArrayList<>(Collections.nCopies(dimensions, 1));
    shape.set(0, levels.scales().length);
    String scales = graph.floats(shape, levels.scales());
    if (levels.divisor() == 1) {
      return graph.node("Mul", whole, scales);
    }
    String product =
        graph.node(
            "Mul",
            graph.cast(OnnxGraph.Type.DOUBLE, whole),
            graph.cast(OnnxGraph.Type.DOUBLE, scales));
    String divisor = graph.cast(OnnxGraph.Type.DOUBLE, graph.floats(List.of(), levels.divisor()));
    return graph.cast(OnnxGraph.Type.FLOAT, graph.node("Div", product, divisor));
  }

  @Override
  public String linear(Linear linear, String row) {
    List<String> inputs = new ArrayList<>(List.of(row, weights(linear.weights())));
    if (linear.bias() != null) {
      NetArray bias = net.array(linear.bias());
      inputs.add(graph.floats(bias.shape(), bias.values()));
    }
    return graph.node("Gemm", new Attributes().number("transB", 1), inputs.toArray(new String[0]));
  }
}
