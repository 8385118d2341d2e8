package org.roundel.onednn.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;
import org.roundel.onednn.SmallNet;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Window;

/** Which operations of a frozen net are left. */
class FrozenGraphTest {
  private static final Window SAME = Window.square(3, 1, 1);

  private static List<String> kinds(SmallNet net) {
    try (FloatPointer values = new FloatPointer(net.values(1));
        FloatPointer frozen = FrozenGraph.of(net.build(), values).values()) {
      assertThat(frozen.limit()).isPositive();
      return FrozenGraph.of(net.build(), values).graph().operations().stream()
          .map(Operation::kind)
          .toList();
    }
  }

  @Test
  void normalizationGoesIntoWeightsThatItAloneReads() {
    SmallNet net = new SmallNet(Shape.image(3, 6, 6));
    net.convolution(16, SAME, false).normalization(true).relu();
    net.linear(8, false).normalization(false).linear(3, true);
    assertThat(kinds(net))
        .containsExactly("convolution", "nothing", "relu", "linear", "nothing", "linear");
  }

  @Test
  void normalizationStaysWhereOthersReadTheWeightsResultOrThereAreNone() {
    SmallNet net = new SmallNet(Shape.image(3, 6, 6)).normalization(true);
    int both = net.convolution(16, SAME, false).last();
    net.normalization(true).plus(both).linear(3, true);
    assertThat(kinds(net))
        .containsExactly("scale-and-shift", "convolution", "scale-and-shift", "add", "linear");
  }

  @Test
  void theSameValuesAreThereOnce() {
    SmallNet net = new SmallNet(Shape.image(3, 6, 6)).convolution(16, SAME, true).linear(3, true);
    try (FloatPointer values = new FloatPointer(net.values(1));
        FloatPointer frozen = FrozenGraph.of(net.build(), values).values()) {
      assertThat(frozen.capacity()).isEqualTo(net.length());
    }
  }
}
