package org.roundel.core.ship;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.roundel.api.net.Convolution;
import org.roundel.api.net.Levels;
import org.roundel.api.net.Linear;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.NetGraph;
import org.roundel.api.net.NetOrigin;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;
import org.roundel.api.net.Window;
import org.roundel.core.ship.ArraySummary.FoundLevel;

class NetSummaryTest {
  /** Returns a convolution of 18 weights ±0.5 and a linear layer of 400 floats with a bias. */
  static ShippedNet net() {
    Map<String, NetArray> arrays = new LinkedHashMap<>();
    char[] signs = new char[2 * 1 * 3 * 3];
    signs[4] = 1;
    arrays.put(
        "conv/weight",
        NetArray.quantized(List.of(2, 1, 3, 3), Levels.scaled(new int[] {-1, 1}, 1, 0.5f), signs));
    arrays.put("linear/weight", NetArray.floats(List.of(4, 100), new float[400]));
    arrays.put("linear/bias", NetArray.floats(List.of(4), new float[4]));
    return new ShippedNet(
        new NetGraph(
            ValueShape.image(1, 10, 5),
            List.of(
                new Convolution("conv", 0, 2, Window.square(3, 1, 1), "conv/weight", null),
                new Linear("linear", 1, 4, "linear/weight", "linear/bias")),
            true),
        arrays,
        Set.of("conv/weight"),
        null,
        List.of("a", "b", "c", "d"),
        new NetOrigin("net", "m", "conv", "d", new NetOrigin.Checkpoint("r", "step", "00")));
  }

  @Test
  void countsNumbersBytesAndProducts() {
    NetSummary summary = NetSummary.of(net());
    LayerSummary conv = summary.layers().get(0);
    assertThat(conv.multiplyAdds()).isEqualTo(18 * 50);
    assertThat(conv.outputShape()).containsExactly(2, 10, 5);
    // 18 bits in 3 bytes, and the scale.
    assertThat(conv.bytes()).isEqualTo(3 + 4);
    assertThat(conv.arrays().get(0).levels())
        .containsExactly(new FoundLevel(-0.5, 17), new FoundLevel(0.5, 1));
    assertThat(summary.layers().get(1).multiplyAdds()).isEqualTo(400);
    assertThat(summary.numbers()).isEqualTo(18 + 400 + 4);
    assertThat(summary.floatBytes()).isEqualTo(4 * 422);
    assertThat(summary.bytes()).isEqualTo(7 + 4 * 404);
    assertThat(summary.fullWeights())
        .extracting(ArraySummary::name)
        .containsExactly("linear/weight");
    assertThat(summary.bytesWithAllQuantized()).isEqualTo(7 + 50 + 4 * 4);
  }
}
