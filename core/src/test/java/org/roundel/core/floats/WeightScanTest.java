package org.roundel.core.floats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.roundel.core.event.WeightDistribution;
import org.roundel.core.event.WeightDistribution.Value;

class WeightScanTest {
  @Test
  void countsWeightsInEqualPartsOfTheirRange() {
    int length = 10_000;
    FloatBuffer weights = FloatBuffer.allocate(length);
    for (int index = 0; index < length; index++) {
      weights.put(index, -1 + 2f * index / (length - 1));
    }
    WeightDistribution found = WeightScan.of(weights, weights);
    assertThat(found.from()).isEqualTo(-1);
    assertThat(found.to()).isEqualTo(1);
    assertThat(found.counts()).hasSize(WeightDistribution.PARTS);
    assertThat(found.counts()).allMatch(count -> Math.abs(count - length / 32) <= 1);
    assertThat(found.counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(length);
    assertThat(found.values()).isEmpty();
  }

  @Test
  void countsTheValuesOfAGrid() {
    FloatBuffer latent = FloatBuffer.wrap(new float[] {0.4f, -0.3f, 0.1f, -0.1f});
    FloatBuffer grid = FloatBuffer.wrap(new float[] {0.1f, -0.1f, 0f, -0f});
    WeightDistribution found = WeightScan.of(latent, grid);
    assertThat(found.from()).isEqualTo(-0.3);
    assertThat(found.to()).isEqualTo(0.4);
    assertThat(found.counts().get(31)).isEqualTo(1);
    assertThat(found.values())
        .containsExactly(new Value(-0.1, 1), new Value(0, 2), new Value(0.1, 1));
  }

  @Test
  void tellsSixteenValuesAndNoMore() {
    FloatBuffer weights = FloatBuffer.allocate(17);
    for (int index = 0; index < 17; index++) {
      weights.put(index, Math.min(index, 15));
    }
    assertThat(WeightScan.of(weights, weights).values()).hasSize(16);
    weights.put(16, 16);
    assertThat(WeightScan.of(weights, weights).values()).isEmpty();
  }

  @Test
  void toleratesWhatHasNoRange() {
    FloatBuffer equal = FloatBuffer.wrap(new float[] {0.5f, 0.5f, Float.NaN});
    WeightDistribution found = WeightScan.of(equal, equal);
    assertThat(found.from()).isEqualTo(0.5);
    assertThat(found.to()).isEqualTo(0.5);
    assertThat(found.counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(2);
    FloatBuffer none = FloatBuffer.wrap(new float[] {Float.NaN});
    assertThat(WeightScan.of(none, none).counts()).allMatch(count -> count == 0);
  }
}
