package org.roundel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Loss;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Slice;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.operation.PoolingMethod;

/** Steps repeat, and dropout is as random as its noise. */
class RepetitionTest {
  private static final Shape IMAGES = Shape.image(3, 8, 8);

  /** Loss, gradients and running statistics of three steps, with another batch size between. */
  private static List<Object> trajectory(Layout layout, long noiseSeed) {
    SmallNet net =
        new SmallNet(IMAGES)
            .convolution(16, Window.square(3, 1, 1), false)
            .normalization(true)
            .relu()
            .dropout(0.75f);
    int in = net.last();
    net.convolution(16, Window.square(3, 1, 1), true).normalization(true).plus(in).relu();
    Graph graph =
        net.pooling(PoolingMethod.MAXIMUM, Window.square(2, 2, 0))
            .linear(4, true)
            .build(Loss.SOFTMAX_CROSS_ENTROPY);
    List<Object> all = new ArrayList<>();
    try (FloatPointer values = Arrays32.of(net.values(3));
        FloatPointer gradients = Arrays32.zeros(net.length());
        CompiledNet compiled =
            new CompiledNet(graph, values, gradients, 8, Executions.direct(layout))) {
      for (int batch : new int[] {8, 5, 8}) {
        try (FloatPointer images = Arrays32.of(Arrays32.images(IMAGES, batch, batch))) {
          int[] labels = Arrays32.labels(batch, 4);
          all.add(compiled.train(images, labels, Arrays32.noise(noiseSeed)));
          all.add(compiled.evaluate(images, labels));
          float[] slopes = Arrays32.read(gradients, net.length());
          float[] numbers = Arrays32.read(values, net.length());
          for (Slice slice : net.trained()) {
            for (int at = (int) slice.offset(); at < slice.offset() + slice.length(); at++) {
              all.add(slopes[at]);
            }
          }
          for (float number : numbers) {
            all.add(number);
          }
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void aNetMadeAnewGivesTheSameBytes(Layout layout) {
    List<Object> first = trajectory(layout, 1);
    assertThat(trajectory(layout, 1)).isEqualTo(first);
    assertThat(trajectory(layout, 2)).isNotEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource
  void aStepAgainGivesTheSameBytes(Layout layout) {
    SmallNet net =
        new SmallNet(IMAGES)
            .convolution(16, Window.square(3, 1, 1), true)
            .dropout(0.5f)
            .linear(4, true);
    try (FloatPointer values = Arrays32.of(net.values(3));
        FloatPointer gradients = Arrays32.zeros(net.length());
        FloatPointer images = Arrays32.of(Arrays32.images(IMAGES, 8, 1));
        CompiledNet compiled =
            new CompiledNet(
                net.build(Loss.SQUARED_HINGE), values, gradients, 8, Executions.direct(layout))) {
      int[] labels = Arrays32.labels(8, 4);
      CompiledNet.Result inference = compiled.evaluate(images, labels);
      CompiledNet.Result first = compiled.train(images, labels, Arrays32.noise(1));
      float[] slopes = Arrays32.read(gradients, net.length());
      for (int again = 0; again < 5; again++) {
        assertThat(compiled.train(images, labels, Arrays32.noise(2))).isNotEqualTo(first);
        assertThat(compiled.train(images, labels, Arrays32.noise(1))).isEqualTo(first);
        assertThat(Arrays32.read(gradients, net.length())).isEqualTo(slopes);
        assertThat(compiled.evaluate(images, labels)).isEqualTo(inference);
      }
    }
  }

  /**
   * Scores are w·Σ kept / keep with weights of 1: the margin's slope tells each pixel's mask. Of n
   * numbers p·n are kept, within five standard errors √(p(1 − p)/n).
   */
  @Test
  void dropoutKeepsItsShareAndScalesIt() {
    Shape pixels = Shape.image(1, 40, 50);
    float keep = 0.7f;
    SmallNet net = new SmallNet(pixels).dropout(keep).linear(1, false);
    float[] ones = new float[(int) net.length()];
    java.util.Arrays.fill(ones, 1f);
    float[] image = new float[(int) pixels.size()];
    java.util.Arrays.fill(image, -1f);
    try (FloatPointer values = Arrays32.of(ones);
        FloatPointer gradients = Arrays32.zeros(net.length());
        FloatPointer images = Arrays32.of(image);
        CompiledNet compiled =
            new CompiledNet(
                net.build(Loss.SQUARED_HINGE), values, gradients, 1, Executions.direct(null))) {
      double loss = compiled.train(images, new int[] {0}, Arrays32.noise(8)).loss();
      float[] slopes = Arrays32.read(gradients, net.length());
      // The margin is 1 + kept / keep, and a kept pixel's slope −2 · margin · −1 / keep.
      double margin = Math.sqrt(loss);
      int kept = 0;
      for (float slope : slopes) {
        if (slope != 0) {
          kept++;
          assertThat((double) slope).isCloseTo(2 * margin / keep, within(1e-3 * margin));
        }
      }
      assertThat(margin).isCloseTo(1 + kept / (double) keep, within(1e-6 * margin));
      double share = kept / (double) slopes.length;
      assertThat(share)
          .as("noise of seed 8")
          .isCloseTo(keep, within(5 * Math.sqrt(keep * (1 - keep) / slopes.length)));
    }
  }
}
