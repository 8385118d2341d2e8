package org.roundel.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx;
import org.junit.jupiter.api.Test;
import org.roundel.api.Options;
import org.roundel.api.net.Convolution;
import org.roundel.api.net.Linear;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.NetGraph;
import org.roundel.api.net.Operation;
import org.roundel.api.net.Pooling;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;
import org.roundel.api.net.Window;
import org.roundel.kit.exporter.SampleNets;

/** What is in an ONNX file, read by classes made from ONNX's schema. */
class OnnxFileTest {
  @Test
  void theModelSaysItsVersionsAndShapes() {
    Onnx.ModelProto model = model(SampleNets.plain());

    assertThat(model.getIrVersion()).isEqualTo(8);
    assertThat(model.getOpsetImportList())
        .singleElement()
        .satisfies(
            opset -> {
              assertThat(opset.getDomain()).isEmpty();
              assertThat(opset.getVersion()).isEqualTo(15);
            });
    assertThat(model.getUnknownFields().asMap()).isEmpty();
    assertThat(model.getGraph().getInputList())
        .singleElement()
        .satisfies(input -> assertThat(words(input)).isEqualTo("images [N, 3, 8, 8]"));
    assertThat(model.getGraph().getOutputList())
        .singleElement()
        .satisfies(output -> assertThat(words(output)).isEqualTo("scores [N, 4]"));
  }

  @Test
  void weightsAreBitsLeastSignificantFirst() {
    ShippedNet net = SampleNets.plain();
    NetArray weights = net.array("conv1/weight");
    byte[] packed =
        model(net).getGraph().getInitializerList().stream()
            .filter(tensor -> tensor.getDataType() == Onnx.TensorProto.DataType.UINT8_VALUE)
            .filter(tensor -> tensor.getDims(0) == (weights.length() + 7) / 8)
            .findFirst()
            .orElseThrow()
            .getRawData()
            .toByteArray();

    for (int element = 0; element < weights.length(); element++) {
      int bit = packed[element / 8] >> element % 8 & 1;
      assertThat(bit == 1 ? 1f : -1f).as("weight %s", element).isEqualTo(weights.value(element));
    }
    assertThat(packed[packed.length - 1] >> weights.length() % 8).as("spare bits").isZero();
  }

  @Test
  void onlyOnnxsOwnOperatorsAndEveryConstantOnce() {
    for (ShippedNet net : SampleNets.all()) {
      Onnx.GraphProto graph = model(net).getGraph();

      assertThat(graph.getNodeList()).allMatch(node -> node.getDomain().isEmpty());
      assertThat(
              graph.getInitializerList().stream()
                  .map(tensor -> tensor.toBuilder().clearName().build())
                  .toList())
          .doesNotHaveDuplicates();
      assertThat(graph.getInitializerList().stream().map(Onnx.TensorProto::getName))
          .doesNotContain("images");
    }
  }

  @Test
  void plainWritesFloats() {
    ShippedNet net = SampleNets.residual();
    Onnx.GraphProto graph =
        Run.read(Run.export(new OnnxFactory(), net, Map.of("plain", "true"))).getGraph();

    assertThat(graph.getNodeList()).noneMatch(node -> node.getOpType().equals("Gather"));
    assertThat(graph.getInitializerList())
        .anyMatch(tensor -> tensor.getDimsList().equals(List.of(6L, 4L, 3L, 3L)));
  }

  @Test
  void foldWritesTwoVectorsAndTheSameWeights() {
    ShippedNet net = SampleNets.plain();
    Onnx.GraphProto folded =
        Run.read(Run.export(new OnnxFactory(), net, Map.of("fold", "true"))).getGraph();

    assertThat(folded.getNodeList())
        .noneMatch(node -> node.getOpType().equals("BatchNormalization"));
    assertThat(folded.getInitializerList())
        .filteredOn(tensor -> tensor.getDimsList().equals(List.of(5L, 1L, 1L)))
        .hasSize(2);
    assertThat(folded.getInitializerList())
        .filteredOn(tensor -> tensor.getDataType() == Onnx.TensorProto.DataType.UINT8_VALUE)
        .extracting(Onnx.TensorProto::getRawData)
        .containsExactlyElementsOf(
            model(net).getGraph().getInitializerList().stream()
                .filter(tensor -> tensor.getDataType() == Onnx.TensorProto.DataType.UINT8_VALUE)
                .map(Onnx.TensorProto::getRawData)
                .toList());
  }

  @Test
  void theMetadataTellWhereTheNetComesFrom() {
    assertThat(metadata(model(SampleNets.residual())))
        .containsEntry("model", "residual")
        .containsEntry("quantizer", "under-test scale=0.25")
        .containsEntry("quantize", "all")
        .containsEntry("dataset", "made-up")
        .containsEntry("run", "a-run")
        .containsEntry("checkpoint", "step-000000007")
        .containsEntry("sha256", "0f".repeat(32))
        .containsEntry("softmax", "true")
        .containsEntry("mean", "[120.5]")
        .containsEntry("deviation", "[60.0]")
        .containsEntry("classes", "[\"cat\", \"dog\", \"two words\", \"naïve \\\"quoted\\\"\"]")
        .containsEntry(
            "grid",
            "(-1, 0, 1) times a scale of each filter; (-1, 1) times a scale of each filter;"
                + " (-127, -126, ..., 127)/127 times a scale of each layer")
        .containsEntry("input", "normalised")
        .hasSize(13);
    assertThat(grid(SampleNets.plain())).isEqualTo("(-1, 1) times a scale of each layer; -1, 1");
    assertThat(grid(SampleNets.unusual())).isEqualTo("-2, -0.5, 0, 0.125, 7; not fixed");
  }

  @Test
  void theMetadataTellWhetherTheGraphTakesPixels() {
    byte[] file = Run.export(new OnnxFactory(), SampleNets.plain(), Map.of("normalise", "true"));

    assertThat(metadata(Run.read(file))).containsEntry("input", "pixels");
  }

  private static String grid(ShippedNet net) {
    return metadata(model(net)).getOrDefault("grid", "");
  }

  private static Map<String, String> metadata(Onnx.ModelProto model) {
    Map<String, String> metadata = new HashMap<>();
    model.getMetadataPropsList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
    return metadata;
  }

  @Test
  void aWindowThatLeavesOutPixelsIsCutOnlyWhereItWouldSeeThem() {
    // Of 9 pixels a window of 2 and stride 2 never sees the last one; of 10 it would.
    assertThat(sliced(new Window.Axis(2, 2, 0, -1, 1), 9)).isZero();
    assertThat(sliced(new Window.Axis(2, 2, 0, -1, 1), 10)).isOne();
  }

  private static long sliced(Window.Axis axis, int pixels) {
    return model(
            net(new Pooling("pool", 0, Pooling.Method.MAXIMUM, new Window(axis, axis)), pixels))
        .getGraph()
        .getNodeList()
        .stream()
        .filter(node -> node.getOpType().equals("Slice") && node.getInput(0).equals("images"))
        .count();
  }

  @Test
  void namesWhatOnnxCannotHold() {
    Window.Axis dilated = new Window.Axis(2, 1, 0, 0, 2);
    assertThat(
            problems(
                net(
                    new Pooling("pool", 0, Pooling.Method.AVERAGE, new Window(dilated, dilated)),
                    9)))
        .containsExactly(
            "operation 'pool' is an average pooling with dilation, which ONNX 1.10 does not have");
    assertThat(
            problems(
                net(new Pooling("pool", 0, Pooling.Method.MAXIMUM, Window.square(2, 1, 2)), 9)))
        .containsExactly("operation 'pool' is a pooling whose padding is as wide as its window");
    assertThat(problems(net(new Convolution("conv", 0, 1, Window.square(1, 1, 1), "w", null), 9)))
        .isEmpty();
  }

  private static List<String> problems(ShippedNet net) {
    return new OnnxFactory().create(Options.defaults(new OnnxFactory().options())).problems(net);
  }

  /** Returns a net of one operation and a linear layer, for square images of one channel. */
  private static ShippedNet net(Operation operation, int pixels) {
    NetGraph graph =
        new NetGraph(
            ValueShape.image(1, pixels, pixels),
            List.of(operation, new Linear("linear", 1, 1, "linear/weight", null)),
            true);
    Map<String, NetArray> arrays = new HashMap<>();
    graph
        .arrays()
        .forEach(
            (name, shape) ->
                arrays.put(
                    name,
                    NetArray.floats(shape, new float[shape.stream().reduce(1, (a, b) -> a * b)])));
    return new ShippedNet(
        graph, arrays, Set.of(), null, List.of("one"), SampleNets.plain().origin());
  }

  private static Onnx.ModelProto model(ShippedNet net) {
    return Run.read(Run.export(new OnnxFactory(), net, Map.of()));
  }

  private static String words(Onnx.ValueInfoProto value) {
    return value.getName()
        + " "
        + value.getType().getTensorType().getShape().getDimList().stream()
            .map(
                size -> size.hasDimParam() ? size.getDimParam() : Long.toString(size.getDimValue()))
            .toList();
  }
}
