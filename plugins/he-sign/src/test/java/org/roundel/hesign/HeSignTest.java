package org.roundel.hesign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.quantizer.GradientEstimator;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.kit.probe.GuardedTensor;

class HeSignTest {
  private static final long SEED = 1802;

  private final HeSign quantizer = new HeSign(GradientEstimator.STRAIGHT_THROUGH);

  @Test
  void aConvolutionsFanInIsInputChannelsTimesKernelArea() {
    // 2 output channels, 4 input channels, kernel 2 x 1: the fan-in is 8, the scale 1/2.
    float[] latent = {3f, -2f, 0f, -0f, 1e-30f, -1e-30f, 0.5f, -9f, 1, 1, 1, 1, -1, -1, -1, -1};
    assertThat(quantized(latent, 2, 4, 2, 1))
        .containsExactly(
            0.5f, -0.5f, 0.5f, 0.5f, 0.5f, -0.5f, 0.5f, -0.5f, 0.5f, 0.5f, 0.5f, 0.5f, -0.5f, -0.5f,
            -0.5f, -0.5f);
  }

  @Test
  void aLinearLayersFanInIsItsInputs() {
    assertThat(quantized(new float[] {1, -1, 1, -1, 1, -1}, 3, 2)).containsOnly(1f, -1f);
    assertThat(quantized(new float[64], 1, 64)).containsOnly((float) Math.sqrt(1 / 32.0));
  }

  @Test
  void theScaleIsTheDeviationOfHeNormalWeights() {
    int outputs = 500;
    int fanIn = 3 * 3 * 16;
    RandomSource random = RandomSource.of(SEED, RandomPurpose.MODEL, 0);
    float[] latent = new float[outputs * fanIn];
    double squares = 0;
    for (int index = 0; index < latent.length; index++) {
      latent[index] = (float) (random.normal(index) * Math.sqrt(2.0 / fanIn));
      squares += (double) latent[index] * latent[index];
    }
    double deviation = Math.sqrt(squares / latent.length);
    // The relative standard error of a deviation of n normal numbers is 1/√(2n).
    double standardError = deviation / Math.sqrt(2.0 * latent.length);
    for (float weight : quantized(latent, outputs, 16, 3, 3)) {
      assertThat(Math.abs((double) weight))
          .as("seed %d", SEED)
          .isCloseTo(deviation, within(5 * standardError));
    }
  }

  @Test
  void nanStaysNanAndInfinityHasASign() {
    float[] latent = {
      Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -Float.MIN_VALUE
    };
    assertThat(quantized(latent, 2, 2)).containsExactly(Float.NaN, -1f, 1f, -1f);
  }

  @Test
  void theGradientPassesStraightThroughAndNothingIsSetOrClipped() {
    float[] slope = {3f, -0f, 1e-30f, -2f};
    float[] latent = {5f, -5f, 0f, 0.5f};
    GuardedTensor weights = GuardedTensor.of(latent, 2, 2);
    GuardedTensor gradient = GuardedTensor.of(slope, 2, 2);
    quantizer.initialize(weights.tensor(), context());
    quantizer.gradient(weights.tensor(), gradient.tensor(), context());
    quantizer.afterUpdate(weights.tensor(), context());
    gradient.assertUnchanged(slope);
    weights.assertUnchanged(latent);
  }

  @Test
  void otherEstimatorsCountInUnitsOfTheScale() {
    // A fan-in of 8: the scale is 1/2.
    float[] latent = {0.5f, -0.5f, 0.51f, -0.51f, 0f, 0.2f, 9f, -9f};
    GuardedTensor weights = GuardedTensor.of(latent, 1, 2, 2, 2);
    GuardedTensor gradient = GuardedTensor.of(new float[] {3, 3, 3, 3, 3, 3, 3, 3}, 1, 2, 2, 2);
    new HeSign(GradientEstimator.CLIPPED).gradient(weights.tensor(), gradient.tensor(), context());
    weights.assertUnchanged(latent);
    assertThat(gradient.values()).containsExactly(3, 3, 0, 0, 3, 3, 0, 0);
  }

  private float[] quantized(float[] latent, long... shape) {
    GuardedTensor source = GuardedTensor.of(latent, shape);
    GuardedTensor target = GuardedTensor.of(new float[latent.length], shape);
    quantizer.quantize(source.tensor(), target.tensor(), context());
    source.assertUnchanged(latent);
    return target.values();
  }

  private static QuantizationContext context() {
    return QuantizationContext.of(
        "conv/weight",
        ParameterRole.CONVOLUTION_WEIGHT,
        1,
        RandomSource.of(SEED, RandomPurpose.QUANTIZE, 1));
  }
}
