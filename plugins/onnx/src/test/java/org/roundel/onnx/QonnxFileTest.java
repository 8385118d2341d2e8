package org.roundel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundel.api.Options;
import org.roundel.api.net.Levels;
import org.roundel.api.net.ShippedNet;
import org.roundel.kit.exporter.ReferenceScores;
import org.roundel.kit.exporter.SampleNets;

/** A QONNX file, whose quantizers are computed here as QONNX describes them. */
class QonnxFileTest {
  static List<ShippedNet> nets() {
    return List.of(SampleNets.plain(), SampleNets.residual());
  }

  @ParameterizedTest
  @MethodSource("nets")
  void scoresBehindTheQuantizersAreTheNetsOwn(ShippedNet net) {
    byte[] file = Run.export(new QonnxFactory(), net, Map.of());
    float[] image = Run.scaled(net, Run.pixels(net, 1));

    float[] scores =
        Run.value(Quantizers.applied(Run.read(file)).toByteArray(), "scores", net, image);

    double[] expected = ReferenceScores.of(net, image);
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    for (int index = 0; index < scores.length; index++) {
      assertThat((double) scores[index])
          .as("score %s", index)
          .isCloseTo(expected[index], within(2e-6 * largest));
    }
  }

  @Test
  void theGraphIsWhatFpgaToolsRead() {
    Onnx.ModelProto model = model(SampleNets.residual());
    Onnx.GraphProto graph = model.getGraph();
    Map<String, Onnx.TensorProto> constants = new HashMap<>();
    graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));

    assertThat(model.getOpsetImportList())
        .extracting(opset -> opset.getDomain() + " " + opset.getVersion())
        .containsExactly(" 15", "qonnx.custom_op.general 1");
    assertThat(graph.getInput(0).getType().getTensorType().getShape().getDim(0).getDimValue())
        .isOne();
    assertThat(graph.getNodeList())
        .extracting(Onnx.NodeProto::getOpType)
        .doesNotContain("Gemm", "Slice", "Gather")
        .contains("MatMul", "Add");
    List<Onnx.NodeProto> quantizers =
        graph.getNodeList().stream()
            .filter(node -> node.getDomain().equals("qonnx.custom_op.general"))
            .toList();
    assertThat(quantizers)
        .extracting(Onnx.NodeProto::getOpType)
        .containsExactly("BipolarQuant", "Quant", "Quant");
    assertThat(quantizers).extracting(node -> node.getInput(0)).doesNotHaveDuplicates();
    assertThat(constants.get(quantizers.get(0).getInput(1)).getDimsList())
        .containsExactly(4L, 1L, 1L, 1L);
    assertThat(constants.get(quantizers.get(2).getInput(1)).getDimsList()).isEmpty();
    for (Onnx.NodeProto quant : quantizers.subList(1, 3)) {
      assertThat(quant.getAttributeList())
          .extracting(Onnx.AttributeProto::getName)
          .containsExactlyInAnyOrder("signed", "narrow", "rounding_mode");
      assertThat(constants.get(quant.getInput(3)).getDimsList()).as("bit width").isEmpty();
    }
    for (Onnx.NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("Conv")) {
        assertThat(node.getAttributeList())
            .extracting(Onnx.AttributeProto::getName)
            .contains("kernel_shape", "strides", "pads", "dilations");
      }
    }
  }

  @Test
  void everyQuantizerHasItsOwnConstants() {
    Onnx.GraphProto graph = model(SampleNets.residual()).getGraph();

    assertThat(graph.getNodeList().stream().flatMap(node -> node.getInputList().stream()))
        .filteredOn(input -> input.startsWith("c"))
        .doesNotHaveDuplicates();
  }

  @Test
  void namesWhatTakesASliceAndUnevenLevels() {
    assertThat(problems(SampleNets.unusual()))
        .containsExactly(
            "operation 'cut' leaves out the last pixels of its images, which takes a Slice that"
                + " FPGA tools do not read");
    assertThat(problems(OnnxScoresTest.net(Levels.of(-0.3f, 0.5f))))
        .containsExactly(
            "operation 'conv' has weights whose values are no whole multiples of one step",
            "operation 'linear' has weights whose values are no whole multiples of one step");
  }

  private static List<String> problems(ShippedNet net) {
    return new QonnxFactory().create(Options.defaults(List.of())).problems(net);
  }

  private static Onnx.ModelProto model(ShippedNet net) {
    return Run.read(Run.export(new QonnxFactory(), net, Map.of()));
  }
}
