package org.roundel.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.model.InputShape;
import org.roundel.dl4j.net.DefinitionReader;

class ZeroPaddedShortcutVertexTest {
  @ParameterizedTest
  @CsvSource({
    "1, 3, 5, 4",
    "1, 5, 4, 5",
    "2, 3, 5, 4",
    "2, 6, 2, 7",
    "3, 4, 6, 7",
    "2, 4, 1, 1",
    "2, 4, 1, 2"
  })
  void strideAndZeros(int stride, int channels, int height, int width) {
    INDArray in = Fixtures.normal(DataType.DOUBLE, 1, 2, 3, height, width);
    GraphVertex vertex = vertex(stride, channels);
    vertex.setInput(0, in, LayerWorkspaceMgr.noWorkspaces());
    INDArray out = vertex.doForward(true, LayerWorkspaceMgr.noWorkspaces());
    int rows = (height + stride - 1) / stride;
    int columns = (width + stride - 1) / stride;
    assertThat(out.shape()).containsExactly(2, channels, rows, columns);

    INDArray error = Fixtures.normal(DataType.DOUBLE, 2, out.shape());
    vertex.setEpsilon(error);
    INDArray back = vertex.doBackward(false, LayerWorkspaceMgr.noWorkspaces()).getSecond()[0];
    assertThat(back.shape()).containsExactly(in.shape());
    for (int image = 0; image < 2; image++) {
      for (int channel = 0; channel < channels; channel++) {
        for (int row = 0; row < rows; row++) {
          for (int column = 0; column < columns; column++) {
            double found = out.getDouble(image, channel, row, column);
            if (channel < 3) {
              assertThat(found)
                  .isEqualTo(in.getDouble(image, channel, row * stride, column * stride));
              assertThat(back.getDouble(image, channel, row * stride, column * stride))
                  .isEqualTo(error.getDouble(image, channel, row, column));
            } else {
              assertThat(found).isZero();
            }
          }
        }
      }
    }
    // Nothing else has a gradient.
    long passed = 2L * 3 * rows * columns;
    assertThat(back.neq(0).castTo(DataType.INT64).sumNumber().longValue()).isEqualTo(passed);
  }

  @Test
  void survivesJson() {
    ComputationGraphConfiguration graph = RandomGraph.of(3, 4);
    String json = graph.toJson();
    assertThat(json).contains("\"org.roundel.dl4j.ZeroPaddedShortcutVertex\"");
    ComputationGraphConfiguration read = ComputationGraphConfiguration.fromJson(json);
    InputShape input = new InputShape(1, 6, 6);
    assertThat(new DefinitionReader(read, input, 4).read().parameters())
        .isEqualTo(new DefinitionReader(graph, input, 4).read().parameters());
    graph
        .getVertices()
        .forEach(
            (name, vertex) -> {
              if (vertex instanceof ZeroPaddedShortcutVertex) {
                assertThat(read.getVertices().get(name)).isEqualTo(vertex);
              }
            });
  }

  @Test
  void equalityIsByStrideAndChannels() {
    ZeroPaddedShortcutVertex vertex = new ZeroPaddedShortcutVertex(2, 8);
    assertThat(vertex.clone()).isEqualTo(vertex).hasSameHashCodeAs(vertex);
    assertThat(vertex)
        .isNotEqualTo(new ZeroPaddedShortcutVertex(1, 8))
        .isNotEqualTo(new ZeroPaddedShortcutVertex(2, 9));
  }

  @Test
  void refusesWhatItCannotDo() {
    assertThatThrownBy(() -> new ZeroPaddedShortcutVertex(0, 8))
        .isInstanceOf(IllegalArgumentException.class);
    ZeroPaddedShortcutVertex vertex = new ZeroPaddedShortcutVertex(2, 8);
    assertThatThrownBy(() -> vertex.getOutputType(0, InputType.convolutional(4, 4, 9)))
        .isInstanceOf(InvalidInputTypeException.class)
        .hasMessage("a zero-padded shortcut to 8 channels cannot take 9: it only adds channels");
    assertThatThrownBy(() -> vertex.getOutputType(0, InputType.feedForward(9)))
        .isInstanceOf(InvalidInputTypeException.class);
  }

  private static GraphVertex vertex(int stride, int channels) {
    ComputationGraph owner = new ComputationGraph(RandomGraph.of(1, 2));
    GraphVertex vertex =
        new ZeroPaddedShortcut(owner, "shortcut", 0, stride, channels, DataType.DOUBLE);
    vertex.setInputVertices(new VertexIndices[] {new VertexIndices(0, 0)});
    return vertex;
  }
}
