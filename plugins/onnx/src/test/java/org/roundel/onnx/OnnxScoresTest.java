package org.roundel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundel.api.net.Convolution;
import org.roundel.api.net.Levels;
import org.roundel.api.net.Linear;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.NetGraph;
import org.roundel.api.net.NetOrigin;
import org.roundel.api.net.NormalizationFolding;
import org.roundel.api.net.Operation;
import org.roundel.api.net.PixelScaling;
import org.roundel.api.net.Pooling;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;
import org.roundel.api.net.Window;
import org.roundel.api.net.Window.Axis;
import org.roundel.kit.exporter.ReferenceScores;
import org.roundel.kit.exporter.SampleNets;

/** ONNX Runtime computes from a file what the net computes by its definition. */
class OnnxScoresTest {
  private static final int IMAGES = 3;

  @TempDir Path directory;

  static List<ShippedNet> nets() {
    List<ShippedNet> nets = new ArrayList<>(SampleNets.all());
    nets.add(lopsided());
    nets.add(NormalizationFolding.fold(SampleNets.residual()));
    return nets;
  }

  /** Returns a net whose windows differ down and across the image, and at its two ends. */
  private static ShippedNet lopsided() {
    Window window = new Window(new Axis(3, 2, 1, 0, 1), new Axis(2, 1, 0, 1, 1));
    Window cut = new Window(new Axis(2, 1, 1, -2, 1), new Axis(3, 1, 2, -1, 1));
    return net(
        ValueShape.image(3, 21, 9),
        Levels.of(-1, 1),
        List.of(
            new Convolution("conv", 0, 5, window, "conv/weight", null),
            new Pooling("maximum", 1, Pooling.Method.MAXIMUM, cut),
            new Pooling("average", 2, Pooling.Method.AVERAGE, window),
            new Convolution("cut", 3, 5, cut, "cut/weight", null),
            new Linear("linear", 4, 5, "linear/weight", null)));
  }

  @ParameterizedTest
  @MethodSource("nets")
  void scoresAreTheNetsOwn(ShippedNet net) {
    float[] pixels = Run.pixels(net, IMAGES);
    float[] images = Run.scaled(net, pixels);

    assertScores(net, Map.of(), images, images);
    assertScores(net, Map.of("plain", "true"), images, images);
    assertScores(net, Map.of("fold", "true"), images, images);
    assertScores(net, Map.of("normalise", "true"), pixels, images);
  }

  private static void assertScores(
      ShippedNet net, Map<String, String> options, float[] given, float[] seen) {
    byte[] file = Run.export(new OnnxFactory(), net, options);
    float[] scores = Run.value(file, "scores", net, given);
    double[] expected = new double[scores.length];
    int size = net.graph().shape(0).size();
    for (int image = 0; image < IMAGES; image++) {
      double[] own =
          ReferenceScores.of(net, Arrays.copyOfRange(seen, image * size, (image + 1) * size));
      System.arraycopy(own, 0, expected, image * own.length, own.length);
    }
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    for (int index = 0; index < scores.length; index++) {
      assertThat((double) scores[index])
          .as("score %s of %s with %s", index, net.origin().model(), options)
          .isCloseTo(expected[index], within(2e-6 * largest));
    }
  }

  @ParameterizedTest
  @MethodSource("nets")
  void onnxRuntimeUnpacksWeightsOnceWhenItLoads(ShippedNet net) {
    Onnx.GraphProto loaded =
        Run.read(Run.optimised(Run.export(new OnnxFactory(), net, Map.of()), directory)).getGraph();

    assertThat(loaded.getNodeList())
        .isNotEmpty()
        .noneMatch(node -> node.getOpType().equals("Gather"));
  }

  static List<Levels> grids() {
    return List.of(
        Levels.of(-1, 1),
        Levels.of(0.1f),
        Levels.scaled(new int[] {-1, 1}, 1, 0.1f, 0.7f, 0, 1e-8f, 3),
        Levels.scaled(new int[] {-3, -1, 1, 3}, 3, 0.1f),
        Levels.scaled(new int[] {-3, -1, 1, 3}, 3, 0.1f, 0.7f, 0, 1e-8f, 3),
        Levels.scaled(numbers(-7, 7), 7, 0.3f),
        Levels.scaled(numbers(-7, 7), 7, 0.1f, 0.7f, 0.3f, 1e-8f, 3),
        Levels.scaled(numbers(-128, 127), 127, 0.3f),
        Levels.scaled(numbers(-64, 63), 100, 0.1f, 0.7f, 0.3f, 1e-8f, 3),
        Levels.of(-3.3f, -0.1f, 0.2f, 0.30001f, 5, 6, 7, 8, 9));
  }

  @ParameterizedTest
  @MethodSource("grids")
  void unpackedWeightsAreTheNetsToTheLastBit(Levels levels) {
    ShippedNet net = net(levels);
    byte[] file = Run.export(new OnnxFactory(), net, Map.of());
    Onnx.ModelProto.Builder model = Run.read(file).toBuilder();
    List<String> weights = new ArrayList<>();
    for (Onnx.NodeProto node : model.getGraph().getNodeList()) {
      if (node.getOpType().equals("Conv") || node.getOpType().equals("Gemm")) {
        weights.add(node.getInput(1));
        model.getGraphBuilder().addOutput(floats(node.getInput(1)));
      }
    }
    byte[] opened = model.build().toByteArray();
    float[] image = new float[net.graph().shape(0).size()];
    assertThat(weights).hasSize(2);
    assertThat(withoutNegativeZero(Run.value(opened, weights.get(0), net, image)))
        .containsExactly(net.array("conv/weight").values());
    assertThat(withoutNegativeZero(Run.value(opened, weights.get(1), net, image)))
        .containsExactly(net.array("linear/weight").values());
  }

  private static Onnx.ValueInfoProto floats(String name) {
    return Onnx.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            Onnx.TypeProto.newBuilder()
                .setTensorType(
                    Onnx.TypeProto.Tensor.newBuilder()
                        .setElemType(Onnx.TensorProto.DataType.FLOAT_VALUE)))
        .build();
  }

  /** A filter whose scale is 0 may have either zero. */
  private static float[] withoutNegativeZero(float[] numbers) {
    for (int element = 0; element < numbers.length; element++) {
      numbers[element] += 0f;
    }
    return numbers;
  }

  private static int[] numbers(int least, int largest) {
    int[] numbers = new int[largest - least + 1];
    Arrays.setAll(numbers, index -> least + index);
    return numbers;
  }

  /** Returns a net of 5 filters and 5 classes; their numbers of weights leave spare bits. */
  static ShippedNet net(Levels levels) {
    return net(
        ValueShape.image(3, 5, 5),
        levels,
        List.of(
            new Convolution("conv", 0, 5, Window.square(3, 1, 0), "conv/weight", null),
            new Linear("linear", 1, 5, "linear/weight", null)));
  }

  private static ShippedNet net(ValueShape images, Levels levels, List<Operation> operations) {
    NetGraph graph = new NetGraph(images, operations, true);
    Map<String, NetArray> arrays = new LinkedHashMap<>();
    graph
        .arrays()
        .forEach(
            (name, shape) -> {
              char[] indices = new char[shape.stream().reduce(1, Math::multiplyExact)];
              for (int element = 0; element < indices.length; element++) {
                indices[element] = (char) (element * 7 % levels.count());
              }
              arrays.put(name, NetArray.quantized(shape, levels, indices));
            });
    return new ShippedNet(
        graph,
        arrays,
        arrays.keySet(),
        new PixelScaling(List.of(120.0, 110.0, 100.0), List.of(60.0, 61.0, 62.0)),
        List.of("a", "b", "c", "d", "e"),
        new NetOrigin(
            "test", "test", "all", "test", new NetOrigin.Checkpoint("run", "step", "00")));
  }
}
