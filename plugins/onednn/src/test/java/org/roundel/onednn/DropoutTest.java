package org.roundel.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.onednn.CompiledNet.Result;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Loss;
import org.roundel.onednn.net.Shape;

/**
 * Dropout, seen through the gradient of a linear operation behind it: with weights of zero and two
 * classes the first score's slope is −1/2 for an image of class 0, and an image of ones makes the
 * gradient −1/2 times the mask.
 */
class DropoutTest {
  private static final Shape IMAGES = Shape.image(16, 24, 24);
  private static final int INPUTS = 16 * 24 * 24;

  private static SmallNet net(float keep) {
    return new SmallNet(IMAGES).dropout(keep).linear(2, false);
  }

  /** Returns the mask that a seed draws. */
  private static float[] mask(float keep, long seed, Layout layout) {
    SmallNet net = net(keep);
    Graph graph = net.build(Loss.SOFTMAX_CROSS_ENTROPY);
    float[] ones = new float[INPUTS];
    Arrays.fill(ones, 1);
    try (FloatPointer values = Arrays32.zeros(net.length());
        FloatPointer gradients = Arrays32.zeros(net.length());
        FloatPointer images = Arrays32.of(ones);
        CompiledNet compiled =
            new CompiledNet(graph, values, gradients, 1, Executions.direct(layout))) {
      compiled.train(images, new int[] {0}, Arrays32.noise(seed));
      float[] mask = Arrays32.read(gradients, INPUTS);
      for (int index = 0; index < INPUTS; index++) {
        mask[index] *= -2;
      }
      return mask;
    }
  }

  /** A kept number is one of n draws, of standard error √(p·(1 − p) / n). */
  @ParameterizedTest
  @ValueSource(floats = {0.9f, 0.5f, 0.2f})
  void keepsTheRightFractionAndScalesIt(float keep) {
    for (Layout layout : Layout.values()) {
      for (long seed = 1; seed <= 5; seed++) {
        int kept = 0;
        for (float factor : mask(keep, seed, layout)) {
          if (factor != 0) {
            assertThat(factor).as("seed %d", seed).isEqualTo(1 / keep);
            kept++;
          }
        }
        double error = Math.sqrt(keep * (1.0 - keep) / INPUTS);
        assertThat(Math.abs((double) kept / INPUTS - keep))
            .as("kept %d of %d, seed %d, layout %s", kept, INPUTS, seed, layout)
            .isLessThanOrEqualTo(5 * error);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameNoiseDropsTheSame(Layout layout) {
    float[] mask = mask(0.5f, 3, layout);
    assertThat(mask(0.5f, 3, layout)).isEqualTo(mask);
    assertThat(mask(0.5f, 4, layout)).isNotEqualTo(mask);
    assertThat(mask(0.5f, 3, Layout.CHANNELS_LAST)).as("any layout").isEqualTo(mask);
  }

  @ParameterizedTest
  @EnumSource
  void inferenceDropsNothing(Layout layout) {
    SmallNet net = net(0.3f);
    SmallNet without = new SmallNet(IMAGES).linear(2, false);
    float[] initial = net.values(5);
    try (RunningNet dropping = new RunningNet(net.build(Loss.SQUARED_HINGE), initial, 3, layout);
        RunningNet keeping =
            new RunningNet(without.build(Loss.SQUARED_HINGE), initial, 3, layout)) {
      Result expected = keeping.evaluate(3);
      assertThat(dropping.evaluate(3)).isEqualTo(expected);
      assertThat(dropping.train(3).loss()).isNotEqualTo(expected.loss());
      assertThat(dropping.evaluate(3)).isEqualTo(expected);
    }
  }
}
