package org.roundel.fullprecision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.kit.probe.GuardedTensor;

class FullPrecisionTest {
  private final FullPrecision quantizer = new FullPrecision();
  private final QuantizationContext context =
      QuantizationContext.of(
          "conv/weight",
          ParameterRole.CONVOLUTION_WEIGHT,
          1,
          RandomSource.of(1, RandomPurpose.QUANTIZE, 1));

  @Test
  void changesNoBitOfWeightsAndGradients() {
    float[] values = {-0f, 0.1f, Float.NaN, Float.MIN_VALUE, Float.NEGATIVE_INFINITY, 3e20f};
    GuardedTensor weights = GuardedTensor.of(values, 2, 3);
    GuardedTensor gradient = GuardedTensor.of(values, 2, 3);

    quantizer.initialize(weights.tensor(), context);
    quantizer.gradient(weights.tensor(), gradient.tensor(), context);
    quantizer.afterUpdate(weights.tensor(), context);

    weights.assertUnchanged(values);
    gradient.assertUnchanged(values);
  }

  @Test
  void hasNoGridAndNoLatentWeights() {
    assertThat(quantizer.levels()).isEmpty();
    assertThat(quantizer.keepsLatentWeights()).isFalse();
  }
}
