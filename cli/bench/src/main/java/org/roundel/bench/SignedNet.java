package org.roundel.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.Model;
import org.roundel.api.model.Parameter;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.net.Levels;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.NetGraph;
import org.roundel.api.net.NetOrigin;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

/**
 * A net as it ships whose weights are +1 or −1 at random, with running statistics that fit them and
 * scales of both signs.
 */
final class SignedNet {
  private static final long SEED = 1;

  private SignedNet() {}

  /**
   * Makes it.
   *
   * @param name a model's
   * @param images those that the running statistics are of
   */
  static ShippedNet make(String name, Images images) {
    try (Model model = Plugins.model(name, Map.of(), images, SEED)) {
      Random random = new Random(SEED);
      Set<String> quantized = new LinkedHashSet<>();
      for (Parameter parameter : model.parameters()) {
        if (fill(parameter, random)) {
          quantized.add(parameter.name());
        }
      }
      Batch batch =
          new Batch(
              Nd4j.createFromArray(images.pixels()).reshape('c', images.batchShape()),
              images.labels());
      model.estimateBuffers(batch, 0, RandomSource.of(SEED, RandomPurpose.MODEL, 0));
      return shipped(name, model, quantized);
    }
  }

  /** Draws a parameter's values; returns whether they are signs. */
  private static boolean fill(Parameter parameter, Random random) {
    float[] values = new float[Math.toIntExact(parameter.values().length())];
    ParameterRole role = parameter.role();
    boolean signs = role == ParameterRole.CONVOLUTION_WEIGHT || role == ParameterRole.LINEAR_WEIGHT;
    for (int index = 0; index < values.length; index++) {
      float sign = random.nextBoolean() ? 1 : -1;
      values[index] = signs ? sign : sign * (0.5f + random.nextFloat());
    }
    Tensors.floats(parameter.values()).put(values);
    return signs;
  }

  private static ShippedNet shipped(String name, Model model, Set<String> quantized) {
    Map<String, INDArray> values = new LinkedHashMap<>();
    model.parameters().forEach(parameter -> values.put(parameter.name(), parameter.values()));
    model.buffers().forEach(buffer -> values.put(buffer.name(), buffer.values()));
    NetGraph graph = model.graph();
    Map<String, NetArray> arrays = new LinkedHashMap<>();
    graph
        .arrays()
        .forEach(
            (array, shape) -> {
              float[] numbers = new float[Math.toIntExact(values.get(array).length())];
              Tensors.floats(values.get(array)).get(numbers);
              arrays.put(
                  array,
                  quantized.contains(array)
                      ? signs(shape, numbers)
                      : NetArray.floats(shape, numbers));
            });
    List<String> classes = new ArrayList<>();
    for (int label = 0; label < graph.classes(); label++) {
      classes.add("class " + label);
    }
    NetOrigin.Checkpoint none = new NetOrigin.Checkpoint("none", "none", "00".repeat(32));
    return new ShippedNet(
        graph, arrays, quantized, null, classes, new NetOrigin(name, "none", "all", "none", none));
  }

  private static NetArray signs(List<Integer> shape, float[] values) {
    char[] indices = new char[values.length];
    for (int index = 0; index < values.length; index++) {
      indices[index] = (char) (values[index] > 0 ? 1 : 0);
    }
    return NetArray.quantized(shape, Levels.scaled(new int[] {-1, 1}, 1, 1), indices);
  }
}
