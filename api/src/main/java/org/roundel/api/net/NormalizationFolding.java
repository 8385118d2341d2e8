package org.roundel.api.net;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns batch normalisations into {@link ScaleShift}: two vectors instead of four. With s = scale /
 * √(variance + ε) the value is x·s + (shift − mean·s); s and the summand are computed in double
 * precision and rounded once, so scores differ in the last bits. Weights stay as they are.
 */
public final class NormalizationFolding {
  private static final String SCALE = "/scale";
  private static final String SHIFT = "/shift";

  private NormalizationFolding() {}

  /** Returns the net with folded statistics. */
  public static ShippedNet fold(ShippedNet net) {
    List<Operation> operations = new ArrayList<>();
    Map<String, NetArray> all = new LinkedHashMap<>(net.arrays());
    for (Operation operation : net.graph().operations()) {
      if (operation instanceof BatchNormalization normalization) {
        String name = normalization.name();
        fold(net, normalization, all);
        operations.add(new ScaleShift(name, normalization.input(), name + SCALE, name + SHIFT));
      } else {
        operations.add(operation);
      }
    }
    NetGraph graph = new NetGraph(net.graph().shape(0), operations, net.graph().softmax());
    Map<String, NetArray> arrays = new LinkedHashMap<>();
    for (String name : graph.arrays().keySet()) {
      NetArray array = all.get(name);
      if (array != null) {
        arrays.put(name, array);
      }
    }
    List<String> quantized = net.quantized().stream().filter(arrays::containsKey).toList();
    return new ShippedNet(
        graph, arrays, Set.copyOf(quantized), net.scaling(), net.classNames(), net.origin());
  }

  private static void fold(
      ShippedNet net, BatchNormalization normalization, Map<String, NetArray> arrays) {
    BatchNormalization.Affine affine = normalization.affine();
    NetArray means = net.array(normalization.mean());
    NetArray variances = net.array(normalization.variance());
    float[] factors = new float[means.length()];
    float[] summands = new float[means.length()];
    for (int channel = 0; channel < factors.length; channel++) {
      double factor =
          value(net, affine == null ? null : affine.scale(), channel, 1)
              / Math.sqrt((double) variances.value(channel) + normalization.epsilon());
      double shift = value(net, affine == null ? null : affine.shift(), channel, 0);
      factors[channel] = (float) factor;
      summands[channel] = (float) (shift - means.value(channel) * factor);
    }
    List<Integer> shape = means.shape();
    arrays.put(normalization.name() + SCALE, NetArray.floats(shape, factors));
    arrays.put(normalization.name() + SHIFT, NetArray.floats(shape, summands));
  }

  private static double value(
      ShippedNet net, @Nullable String array, int channel, double otherwise) {
    return array == null ? otherwise : net.array(array).value(channel);
  }
}
