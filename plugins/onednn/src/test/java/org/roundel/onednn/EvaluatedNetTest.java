package org.roundel.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.net.Loss;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.net.Wishes;

/** A compiled net that is made for evaluation. */
class EvaluatedNetTest {
  private static final Shape IMAGES = Shape.image(3, 16, 16);
  private static final int BATCH = 8;

  @Test
  void takesMemoryForTrainingOnlyWhenItTrainsAndGivesTheSameBytes() {
    SmallNet net = new SmallNet(IMAGES);
    for (int layer = 0; layer < 6; layer++) {
      net.convolution(16, Window.square(3, 1, 1), false).normalization(true).relu();
    }
    Graph graph = net.linear(3, true).build(Loss.SOFTMAX_CROSS_ENTROPY);
    int[] labels = Arrays32.labels(BATCH, 3);
    Execution execution = Executions.of(Wishes.NONE);
    try (FloatPointer values = Arrays32.of(net.values(1));
        FloatPointer gradients = Arrays32.zeros(net.length());
        FloatPointer images = Arrays32.of(Arrays32.images(IMAGES, BATCH, 1));
        CompiledNet evaluated =
            CompiledNet.forEvaluation(graph, values, gradients, BATCH, execution);
        CompiledNet trained = new CompiledNet(graph, values, gradients, BATCH, execution)) {
      assertThat(evaluated.arenaSize()).isBetween(1L, trained.arenaSize() / 2);
      assertThat(evaluated.evaluate(images, labels)).isEqualTo(trained.evaluate(images, labels));
      assertThat(evaluated.arenaSize()).isLessThan(trained.arenaSize() / 2);
      assertThat(evaluated.engine()).isEqualTo(trained.engine());
      double loss = evaluated.train(images, labels, Arrays32.noise(1)).loss();
      assertThat(trained.train(images, labels, Arrays32.noise(1)).loss()).isEqualTo(loss);
      assertThat(evaluated.arenaSize()).isEqualTo(trained.arenaSize());
    }
  }
}
