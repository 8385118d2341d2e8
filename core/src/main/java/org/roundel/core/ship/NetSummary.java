package org.roundel.core.ship;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.roundel.api.net.Convolution;
import org.roundel.api.net.Linear;
import org.roundel.api.net.NetGraph;
import org.roundel.api.net.Operation;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;
import org.roundel.api.net.Window;

/**
 * A net in numbers, layer by layer. Sizes are those of the numbers alone, packed: what a format
 * puts around them comes on top.
 *
 * @param layers the operations in their order
 * @param fullWeights the weights of convolutions and linear layers that are not quantized, the
 *     largest first
 * @param quantizedBits how many bits the weights have that are quantized; 32 if none are
 */
public record NetSummary(
    List<LayerSummary> layers, List<ArraySummary> fullWeights, int quantizedBits) {
  /** Copies the lists. */
  public NetSummary {
    layers = List.copyOf(layers);
    fullWeights = List.copyOf(fullWeights);
  }

  /** Returns the summary of a trained net. */
  public static NetSummary of(ShippedNet net) {
    return of(
        net.graph(),
        name -> ArraySummary.of(name, net.array(name), net.quantized().contains(name)));
  }

  /**
   * Returns the summary of a net.
   *
   * @param arrays says of an array what it takes, by its name
   */
  static NetSummary of(NetGraph graph, Function<String, ArraySummary> arrays) {
    List<LayerSummary> layers = new ArrayList<>();
    List<ArraySummary> full = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int bits = 0;
    for (int value = 1; value <= graph.output(); value++) {
      Operation operation = graph.operations().get(value - 1);
      List<ValueShape> inputs = operation.inputs().stream().map(graph::shape).toList();
      List<ArraySummary> own = new ArrayList<>();
      for (String name : operation.arrays(inputs).keySet()) {
        // An array of two operations is stored once.
        if (seen.add(name)) {
          own.add(arrays.apply(name));
        }
      }
      for (ArraySummary array : own) {
        if (array.quantized()) {
          bits = Math.max(bits, array.bits());
        } else if (array.name().equals(weights(operation))) {
          full.add(array);
        }
      }
      layers.add(
          new LayerSummary(
              operation.name(),
              operation.kind(),
              graph.shape(value).sizes(),
              own,
              products(operation, graph, value)));
    }
    full.sort(Comparator.comparingLong(ArraySummary::bytes).reversed());
    return new NetSummary(layers, full, bits == 0 ? Float.SIZE : bits);
  }

  private static String weights(Operation operation) {
    if (operation instanceof Convolution convolution) {
      return convolution.weights();
    }
    return operation instanceof Linear linear ? linear.weights() : "";
  }

  private static long products(Operation operation, NetGraph graph, int value) {
    ValueShape output = graph.shape(value);
    if (operation instanceof Convolution convolution) {
      Window window = convolution.window();
      return (long) graph.shape(convolution.input()).channels()
          * window.rows().kernel()
          * window.columns().kernel()
          * output.size();
    }
    if (operation instanceof Linear linear) {
      return (long) graph.shape(linear.input()).size() * output.size();
    }
    return 0;
  }

  /** Returns how many numbers the net has. */
  public long numbers() {
    return layers.stream().mapToLong(LayerSummary::numbers).sum();
  }

  /** Returns what they take as float32. */
  public long floatBytes() {
    return Float.BYTES * numbers();
  }

  /** Returns what they take packed. */
  public long bytes() {
    return layers.stream().mapToLong(LayerSummary::bytes).sum();
  }

  /** Returns how many products the net adds up for one image. */
  public long multiplyAdds() {
    return layers.stream().mapToLong(LayerSummary::multiplyAdds).sum();
  }

  /** Returns what the weights take that are not quantized. */
  public long fullWeightBytes() {
    return bytes(fullWeights);
  }

  /** Returns what the net would take if all weights of layers were quantized as the others are. */
  public long bytesWithAllQuantized() {
    long packed = 0;
    for (ArraySummary array : fullWeights) {
      packed += (array.numbers() * quantizedBits + 7) / 8;
    }
    return bytes() - fullWeightBytes() + packed;
  }

  private static long bytes(Collection<ArraySummary> arrays) {
    return arrays.stream().mapToLong(ArraySummary::bytes).sum();
  }
}
