package org.roundel.kit.exporter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.roundel.api.net.Activation;
import org.roundel.api.net.Add;
import org.roundel.api.net.BatchNormalization;
import org.roundel.api.net.BatchNormalization.Affine;
import org.roundel.api.net.Convolution;
import org.roundel.api.net.Levels;
import org.roundel.api.net.Linear;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.NetGraph;
import org.roundel.api.net.NetOrigin;
import org.roundel.api.net.Operation;
import org.roundel.api.net.PixelScaling;
import org.roundel.api.net.Pooling;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;
import org.roundel.api.net.Window;
import org.roundel.api.net.ZeroPaddedShortcut;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

/**
 * Small trained nets that have every operation and every kind of levels between them, with weights
 * drawn by a fixed seed; for tests of exporters and readers.
 */
public final class SampleNets {
  private static final int CLASSES = 4;

  private SampleNets() {}

  /** Returns all nets. */
  public static List<ShippedNet> all() {
    return List.of(linear(), plain(), residual(), unusual());
  }

  /** Returns a single linear layer with weights ±1 on images 1×3×3: what everything can run. */
  public static ShippedNet linear() {
    return net(
        "linear",
        new NetGraph(
            ValueShape.image(1, 3, 3),
            List.of(new Linear("linear", 0, CLASSES, "linear/weight", "linear/bias")),
            true),
        Map.of("linear/weight", Levels.scaled(new int[] {-1, 1}, 1, 1)));
  }

  /**
   * Returns a stack of layers as VGG nets have them, with weights ±1, and ±0.25 in the linear
   * layer, of one bit; odd numbers of weights; images 3×8×8.
   */
  public static ShippedNet plain() {
    List<Operation> operations =
        List.of(
            new Convolution("conv1", 0, 5, Window.square(3, 1, 1), "conv1/weight", null),
            normalization("norm1", 1),
            relu("relu1", 2),
            new Pooling("pool1", 3, Pooling.Method.MAXIMUM, Window.square(2, 2, 0)),
            new Linear("linear", 4, CLASSES, "linear/weight", "linear/bias"));
    return net(
        "plain",
        new NetGraph(ValueShape.image(3, 8, 8), operations, true),
        Map.of(
            "conv1/weight",
            Levels.scaled(new int[] {-1, 1}, 1, 1),
            "linear/weight",
            Levels.scaled(new int[] {-1, 1}, 1, 0.25f)));
  }

  /**
   * Returns a residual net whose convolutions have a scale for each filter, of one and two bits,
   * and whose linear layer has 8 bits; images 1×7×7, so that windows leave pixels over.
   */
  public static ShippedNet residual() {
    List<Operation> operations =
        List.of(
            new Convolution("conv1", 0, 4, Window.square(3, 1, 1), "conv1/weight", null),
            normalization("norm1", 1),
            relu("relu1", 2),
            new Convolution("conv2", 3, 6, Window.square(3, 2, 1), "conv2/weight", "conv2/bias"),
            new ZeroPaddedShortcut("shortcut", 3, 2, 6),
            new Add("add", 4, 5),
            relu("relu2", 6),
            new Pooling("pool", 7, Pooling.Method.AVERAGE, Window.whole(ValueShape.image(6, 4, 4))),
            new Linear("linear", 8, CLASSES, "linear/weight", "linear/bias"));
    int[] bytes = new int[255];
    for (int index = 0; index < bytes.length; index++) {
      bytes[index] = index - 127;
    }
    return net(
        "residual",
        new NetGraph(ValueShape.image(1, 7, 7), operations, true),
        Map.of(
            "conv1/weight",
            Levels.scaled(new int[] {-1, 1}, 1, 0.5f, 0, 0.1f, 3),
            "conv2/weight",
            Levels.scaled(new int[] {-1, 0, 1}, 1, 0.3f, 0.2f, 0.1f, 1, 2, 3),
            "linear/weight",
            Levels.scaled(bytes, 127, 0.7f)));
  }

  /**
   * Returns a net of what our own do not have: dilation, negative padding, averages over padded
   * windows, activations of every kind, normalisation without scale and shift, floats that the run
   * has quantized, a table of five levels, scores without softmax; images 2×9×10.
   */
  public static ShippedNet unusual() {
    Window.Axis dilated = new Window.Axis(3, 1, 2, 2, 2);
    Window.Axis cut = new Window.Axis(2, 2, 0, -1, 1);
    List<Operation> operations = new ArrayList<>();
    operations.add(
        new Convolution("conv", 0, 3, new Window(dilated, dilated), "conv/weight", "conv/bias"));
    operations.add(
        new BatchNormalization(
            "norm", 1, null, "norm/running-mean", "norm/running-variance", 1e-3f));
    for (Activation.Function function : Activation.Function.values()) {
      String name = function.name().toLowerCase(Locale.ROOT);
      operations.add(new Activation(name, operations.size(), function, 0.5f));
    }
    operations.add(
        new Pooling(
            "average",
            operations.size(),
            Pooling.Method.AVERAGE_WITH_PADDING,
            Window.square(3, 2, 1)));
    operations.add(
        new Pooling("inside", operations.size(), Pooling.Method.AVERAGE, Window.square(2, 1, 1)));
    operations.add(
        new Pooling("cut", operations.size(), Pooling.Method.MAXIMUM, new Window(cut, cut)));
    operations.add(new Linear("linear", operations.size(), CLASSES, "linear/weight", null));
    return net(
        "unusual",
        new NetGraph(ValueShape.image(2, 9, 10), operations, false),
        Map.of("conv/weight", Levels.of(-2, -0.5f, 0, 0.125f, 7)));
  }

  private static Operation relu(String name, int input) {
    return new Activation(name, input, Activation.Function.RELU, 0);
  }

  private static Operation normalization(String name, int input) {
    return new BatchNormalization(
        name,
        input,
        new Affine(name + "/gamma", name + "/beta"),
        name + "/running-mean",
        name + "/running-variance",
        1e-5f);
  }

  private static ShippedNet net(String name, NetGraph graph, Map<String, Levels> levels) {
    Map<String, NetArray> arrays = new LinkedHashMap<>();
    Set<String> quantized = new TreeSet<>(levels.keySet());
    graph
        .arrays()
        .forEach(
            (array, shape) -> {
              RandomSource random =
                  RandomSource.of(1, RandomPurpose.INITIALIZE, 0).forTensor(arrays.size());
              arrays.put(array, array(shape, levels.get(array), array, random));
            });
    if (name.equals("unusual")) {
      quantized.add("linear/weight");
    }
    int channels = graph.shape(0).channels();
    return new ShippedNet(
        graph,
        arrays,
        quantized,
        new PixelScaling(
            List.of(120.5, 100.25, 90.0).subList(0, channels),
            List.of(60.0, 61.5, 62.0).subList(0, channels)),
        List.of("cat", "dog", "two words", "naïve \"quoted\""),
        new NetOrigin(
            name,
            "under-test scale=0.25",
            "all",
            "made-up",
            new NetOrigin.Checkpoint("a-run", "step-000000007", "0f".repeat(32))));
  }

  private static NetArray array(
      List<Integer> shape, @Nullable Levels levels, String name, RandomSource random) {
    int length = shape.stream().reduce(1, Math::multiplyExact);
    if (levels != null) {
      char[] indices = new char[length];
      for (int element = 0; element < length; element++) {
        indices[element] = (char) random.below(levels.count(), element);
      }
      return NetArray.quantized(shape, levels, indices);
    }
    float[] values = new float[length];
    for (int element = 0; element < length; element++) {
      double uniform = random.uniform(element);
      values[element] = (float) (name.endsWith("variance") ? 0.5 + uniform : 2 * uniform - 1);
    }
    return NetArray.floats(shape, values);
  }
}
