package org.roundel.onednn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.net.ConvolutionMethod;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Wishes;
import org.roundel.winograd.VectorSupport;

/** The written rule by which images are normalised in Java. */
class JavaNormalizationTest {
  private static boolean chosen(long channels, Layout layout, ConvolutionMethod method) {
    return JavaNormalization.chosen(
        8, Shape.image(channels, 8, 8), layout, Wishes.NONE.with(method));
  }

  @Test
  void wholeVectorsOfChannelsAreNormalisedInJava() {
    assumeThat(VectorSupport.problem()).isNull();
    long lanes = VectorSupport.lanes();
    assertThat(chosen(lanes, Layout.BLOCKED, ConvolutionMethod.AUTO))
        .isEqualTo(Device.block() % lanes == 0);
    assertThat(chosen(2 * lanes, Layout.BLOCKED, ConvolutionMethod.AUTO))
        .isEqualTo(Device.block() % lanes == 0);
    assertThat(chosen(lanes, Layout.CHANNELS_LAST, ConvolutionMethod.AUTO)).isTrue();
    assertThat(chosen(lanes + 1, Layout.CHANNELS_LAST, ConvolutionMethod.AUTO)).isFalse();
  }

  @Test
  void directLeavesAllToOneDnn() {
    for (Layout layout : Layout.values()) {
      assertThat(chosen(64, layout, ConvolutionMethod.DIRECT)).isFalse();
    }
  }
}
