package org.roundel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.net.Wishes;

/** Nets whose values never change. */
class FrozenNetTest {
  private static final Shape IMAGES = Shape.image(3, 6, 5);
  private static final int CLASSES = 3;

  private static SmallNet small() {
    return new SmallNet(IMAGES)
        .convolution(16, Window.square(3, 1, 1), false)
        .normalization(true)
        .relu()
        .linear(CLASSES, true);
  }

  private static float[] predict(FrozenNet net, int batch) {
    try (FloatPointer images = Arrays32.of(Arrays32.images(IMAGES, batch, 3));
        FloatPointer scores = Arrays32.zeros(batch * CLASSES)) {
      net.predict(images, batch, scores.asBuffer());
      return Arrays32.read(scores, batch * CLASSES);
    }
  }

  @Test
  void needsNoLossAndKeepsItsValues() {
    SmallNet net = small();
    Graph graph = net.build();
    assertThatThrownBy(graph::loss).isInstanceOf(IllegalStateException.class);
    try (FloatPointer values = Arrays32.of(net.values(1));
        FrozenNet frozen = new FrozenNet(graph, values, Executions.of(Wishes.NONE))) {
      float[] first = predict(frozen, 2);
      values.put(new float[Math.toIntExact(net.length())]);
      assertThat(predict(frozen, 2)).containsExactly(first);
      assertThat(predict(frozen, 3)[0]).isCloseTo(first[0], within(1e-5f));
      assertThat(frozen.engine()).startsWith("oneDNN");
    }
  }

  @Test
  void freesItsMemory() {
    SmallNet net = small();
    try (FloatPointer values = Arrays32.of(net.values(1))) {
      long before = FloatPointer.totalBytes();
      FrozenNet frozen = new FrozenNet(net.build(), values, Executions.of(Wishes.NONE));
      predict(frozen, 2);
      assertThat(frozen.arenaSize()).isPositive();
      frozen.close();
      frozen.close();
      assertThat(frozen.arenaSize()).isZero();
      // What describes its steps is small, and freed when Java collects it.
      assertThat(FloatPointer.totalBytes()).isLessThan(before + 4 * net.length() / 2);
      assertThatThrownBy(() -> predict(frozen, 2)).hasMessage("the net is closed");
    }
  }
}
