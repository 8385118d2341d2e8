package org.roundel.cli.methods;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.model.Model;
import org.roundel.api.model.Parameter;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.net.Levels;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.NetGraph;
import org.roundel.api.net.NetOrigin;
import org.roundel.api.net.ShippedNet;
import org.roundel.core.component.Components;

/** Nets of ±1 weights, convolutions and linear layers, are small as ONNX. */
class OnnxSizesIT {
  private static final RealPlugins PLUGINS = new RealPlugins();

  @AfterAll
  static void closePlugins() {
    PLUGINS.close();
  }

  @ParameterizedTest
  @CsvSource({"vgg-9, 30", "vgg-bc, 30", "resnet-20, 20", "resnet-56, 20"})
  void packedFilesAreAsManyTimesSmaller(String model, int times) throws IOException {
    ShippedNet net = plusMinusOne(model);

    int plain = size(net, Map.of("plain", "true"));
    int packed = size(net, Map.of());
    int folded = size(net, Map.of("fold", "true"));

    assertThat(folded).isLessThan(packed);
    assertThat((double) plain / folded)
        .as("%s: %s bytes, packed %s, folded %s", model, plain, packed, folded)
        .isGreaterThanOrEqualTo(times);
  }

  private static int size(ShippedNet net, Map<String, String> options) throws IOException {
    return OnnxIT.exported(PLUGINS, net, options).length;
  }

  /** Returns a net of CIFAR-10's shape that is as long as a trained one. */
  private static ShippedNet plusMinusOne(String name) {
    Components components =
        Components.find(
            PLUGINS.registry(),
            RealPlugins.configuration(
                "model", name, "quantizer", "stochastic-rounding", "dataset", "synthetic"));
    try (Dataset dataset = components.createDataset();
        Model model = components.createModel(dataset, 1)) {
      NetGraph graph = model.graph();
      Set<String> quantized = new HashSet<>();
      for (Parameter parameter : model.parameters()) {
        if (parameter.role() == ParameterRole.CONVOLUTION_WEIGHT
            || parameter.role() == ParameterRole.LINEAR_WEIGHT) {
          quantized.add(parameter.name());
        }
      }
      Map<String, NetArray> arrays = new LinkedHashMap<>();
      Random random = new Random(1);
      graph
          .arrays()
          .forEach(
              (array, shape) ->
                  arrays.put(
                      array,
                      quantized.contains(array) ? signs(shape, random) : floats(shape, random)));
      return new ShippedNet(
          graph,
          arrays,
          quantized,
          dataset.pixelScaling().orElse(null),
          dataset.classNames(),
          new NetOrigin(
              name,
              "stochastic-rounding",
              "all",
              "cifar-10",
              new NetOrigin.Checkpoint("a-run", "step-000001000", "0f".repeat(32))));
    }
  }

  private static NetArray signs(List<Integer> shape, Random random) {
    char[] indices = new char[shape.stream().reduce(1, Math::multiplyExact)];
    for (int element = 0; element < indices.length; element++) {
      indices[element] = (char) random.nextInt(2);
    }
    return NetArray.quantized(shape, Levels.scaled(new int[] {-1, 1}, 1, 1), indices);
  }

  private static NetArray floats(List<Integer> shape, Random random) {
    float[] values = new float[shape.stream().reduce(1, Math::multiplyExact)];
    for (int element = 0; element < values.length; element++) {
      values[element] = 1 + random.nextFloat();
    }
    return NetArray.floats(shape, values);
  }
}
