package org.roundel.c;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.roundel.api.net.Activation;
import org.roundel.api.net.Convolution;
import org.roundel.api.net.Linear;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.NetGraph;
import org.roundel.api.net.NormalizationFolding;
import org.roundel.api.net.Operation;
import org.roundel.api.net.Pooling;
import org.roundel.api.net.ScaleShift;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;
import org.roundel.kit.exporter.ReferenceScores;

/**
 * How far scores in float arithmetic may be from exact ones: N·u·M, where u is 2^-24, N how many
 * roundings lie behind a score at most, and M the scores of the net of magnitudes: all numbers of
 * net and image without their signs, and a line above each activation. For a sum of n products in
 * any order it is the classical γₙ·Σ|w||x|; by induction over the operations it holds for nets,
 * whose activations have slopes up to 1.1.
 */
final class ErrorBound {
  private static final double UNIT = Math.pow(2, -24);
  private static final float SLOPE = 1.1f;
  private static final float SHIFT = 2;

  private ErrorBound() {}

  /**
   * Returns the bound of each score.
   *
   * @param image magnitudes of what the net sees
   */
  static double[] of(ShippedNet given, float[] image) {
    ShippedNet net = NormalizationFolding.fold(given);
    double[] bounds = ReferenceScores.of(magnitudes(net), image);
    int roundings = 8;
    for (Operation operation : net.graph().operations()) {
      roundings += roundings(net, operation);
    }
    for (int index = 0; index < bounds.length; index++) {
      bounds[index] *= roundings * UNIT;
    }
    return bounds;
  }

  private static int roundings(ShippedNet net, Operation operation) {
    ValueShape input = net.graph().shape(operation.inputs().get(0));
    if (operation instanceof Convolution convolution) {
      return net.array(convolution.weights()).length() / convolution.channels() + 4;
    }
    if (operation instanceof Linear) {
      return input.size() + 4;
    }
    if (operation instanceof Pooling pooling) {
      return pooling.window().rows().kernel() * pooling.window().columns().kernel() + 2;
    }
    return 8;
  }

  private static ShippedNet magnitudes(ShippedNet net) {
    Map<String, NetArray> arrays = new LinkedHashMap<>();
    net.arrays().forEach((name, array) -> arrays.put(name, magnitudes(array)));
    List<Operation> operations = new ArrayList<>();
    for (Operation operation : net.graph().operations()) {
      if (operation instanceof Activation activation) {
        int channels = net.graph().shape(activation.input()).channels();
        String name = activation.name();
        boolean line = activation.function() == Activation.Function.RELU;
        arrays.put(name + "/slope", constant(channels, line ? 1 : SLOPE));
        arrays.put(name + "/shift", constant(channels, line ? 0 : SHIFT));
        operations.add(new ScaleShift(name, activation.input(), name + "/slope", name + "/shift"));
      } else {
        operations.add(operation);
      }
    }
    NetGraph graph = new NetGraph(net.graph().shape(0), operations, false);
    return new ShippedNet(graph, arrays, Set.of(), net.scaling(), net.classNames(), net.origin());
  }

  private static NetArray magnitudes(NetArray array) {
    float[] values = array.values();
    for (int element = 0; element < values.length; element++) {
      values[element] = Math.abs(values[element]);
    }
    return NetArray.floats(array.shape(), values);
  }

  private static NetArray constant(int channels, float value) {
    float[] values = new float[channels];
    Arrays.fill(values, value);
    return NetArray.floats(List.of(channels), values);
  }
}
