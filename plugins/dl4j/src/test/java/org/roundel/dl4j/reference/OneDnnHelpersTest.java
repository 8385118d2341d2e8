package org.roundel.dl4j.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.InputShape;
import org.roundel.dl4j.Fixtures;
import org.roundel.dl4j.RandomGraph;
import org.roundel.dl4j.net.DefinitionReader;
import org.roundel.dl4j.net.InitialWeights;
import org.roundel.dl4j.net.NetDefinition;
import org.roundel.dl4j.net.NetExecutor;

/** The oneDNN kernels against DL4J's own. */
class OneDnnHelpersTest {
  private static final int CLASSES = 3;
  private static final InputShape INPUT = new InputShape(2, 9, 8);

  @Test
  void findsTheFieldsItSets() {
    NetDefinition definition =
        new DefinitionReader(RandomGraph.of(1, CLASSES), INPUT, CLASSES).read();
    ComputationGraph graph = new ComputationGraph(definition.configuration().clone());
    graph.init();
    int expected = 0;
    for (Layer layer : graph.getLayers()) {
      String kind = layer.getClass().getSimpleName();
      if (kind.matches("ConvolutionLayer|SubsamplingLayer|BatchNormalization")) {
        expected++;
      }
    }
    assertThat(expected).isGreaterThan(5);
    assertThat(OneDnnHelpers.install(graph)).isEqualTo(expected);
    for (Layer layer : graph.getLayers()) {
      if (layer instanceof ConvolutionLayer) {
        assertThat(layer.getHelper()).isNotNull();
      }
    }
    graph.close();
  }

  /**
   * In float32 both are off by rounding: relative 2^−24 a sum, times the square root of the number
   * of terms and layers (under 2^12), and batch normalisation over few numbers magnifies it; 1e-4
   * of the largest gradient holds both.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void agreeWithTheReference(long seed) {
    NetDefinition definition =
        new DefinitionReader(RandomGraph.of(seed, CLASSES), INPUT, CLASSES).read();
    INDArray images = Fixtures.normal(DataType.FLOAT, seed + 50, 7, 2, 9, 8);
    int[] labels = Fixtures.labels(7, CLASSES);
    try (NetExecutor reference = new GraphExecutor(definition, DataType.FLOAT, false);
        NetExecutor oneDnn = new GraphExecutor(definition, DataType.FLOAT, true)) {
      for (NetExecutor executor : new NetExecutor[] {reference, oneDnn}) {
        InitialWeights.write(definition, executor.values(), Fixtures.random(seed));
      }
      for (int step = 0; step < 3; step++) {
        BatchResult expected = reference.train(images, labels, null, Fixtures.random(step));
        BatchResult found = oneDnn.train(images, labels, null, Fixtures.random(step));
        assertThat(found.loss()).isCloseTo(expected.loss(), within(1e-5));
        assertThat(found.wrong()).isEqualTo(expected.wrong());
        assertClose(oneDnn.gradients(), reference.gradients());
        // The running statistics.
        assertClose(oneDnn.values(), reference.values());
      }
      BatchResult expected = reference.evaluate(images, labels);
      assertThat(oneDnn.evaluate(images, labels).loss())
          .isCloseTo(expected.loss(), within(1e-5 * (1 + expected.loss())));
    }
  }

  private static void assertClose(INDArray found, INDArray expected) {
    double largest = expected.amaxNumber().doubleValue();
    double difference = found.sub(expected).amaxNumber().doubleValue();
    assertThat(difference).isLessThan(1e-4 * largest);
  }
}
