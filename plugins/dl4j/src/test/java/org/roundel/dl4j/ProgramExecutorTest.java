package org.roundel.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.InputShape;
import org.roundel.onednn.Graph;
import org.roundel.onednn.Layout;

/** Compiled programs against DL4J's own kernels. */
class ProgramExecutorTest {
  private static final int CLASSES = 3;

  /**
   * In float32 both are off by rounding: relative 2^−24 a sum, times the square root of the number
   * of terms and layers (under 2^12), and batch normalisation over few numbers magnifies it; 1e-4
   * of the largest gradient of a tensor holds both.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void agreesWithTheReference(long seed) throws Exception {
    // Every other net suits blocked layouts, on machines with AVX-512 as well.
    int multiple = seed % 2 == 0 ? 16 : 1;
    InputShape input = new InputShape(1 + (int) (seed % 3), 9, 8);
    NetDefinition definition =
        new DefinitionReader(RandomGraph.of(seed, CLASSES, multiple), input, CLASSES).read();
    Graph graph = GraphTranslator.translate(definition, input);
    for (Layout layout : Layout.values()) {
      try (NetExecutor reference = new GraphExecutor(definition, DataType.FLOAT, false);
          NetExecutor program = new ProgramExecutor(graph, definition.length(), 7, layout)) {
        InitialWeights.write(definition, reference.values(), Fixtures.random(seed));
        program.values().assign(reference.values());
        for (int size : new int[] {7, 4, 7}) {
          INDArray images =
              Fixtures.normal(DataType.FLOAT, seed + 50 + size, size, input.channels(), 9, 8);
          int[] labels = Fixtures.labels(size, CLASSES);
          BatchResult expected = reference.train(images, labels, Fixtures.random(size));
          BatchResult found = program.train(images, labels, Fixtures.random(size));
          assertThat(found.loss()).isCloseTo(expected.loss(), within(1e-5));
          assertThat(found.wrong()).isEqualTo(expected.wrong());
          for (TensorSpec spec : definition.parameters()) {
            assertClose(spec, program.gradients(), reference.gradients());
          }
          for (TensorSpec spec : definition.buffers()) {
            assertClose(spec, program.values(), reference.values());
          }
          expected = reference.evaluate(images, labels);
          found = program.evaluate(images, labels);
          assertThat(found.loss()).isCloseTo(expected.loss(), within(1e-5 * (1 + expected.loss())));
          assertThat(found.wrong()).isEqualTo(expected.wrong());
        }
      }
    }
  }

  private static void assertClose(TensorSpec spec, INDArray found, INDArray expected) {
    double largest = spec.view(expected).amaxNumber().doubleValue();
    double difference = spec.view(found).sub(spec.view(expected)).amaxNumber().doubleValue();
    assertThat(difference).as(spec.name()).isLessThan(1e-4 * Math.max(largest, 1e-2));
  }
}
