package org.roundel.binaryweight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.kit.probe.GuardedTensor;

class BinaryWeightTest {
  private static final long SEED = 1603;

  private final BinaryWeight quantizer = new BinaryWeight(true);

  @Test
  void eachFilterHasItsOwnMeanMagnitudeAndZeroCountsAsPositive() {
    float[] latent = {1f, -2f, 0f, 0.25f, -0f, -0.25f};
    assertThat(quantized(latent, 2, 3, 1, 1))
        .containsExactly(1f, -1f, 1f, (float) (0.5 / 3), (float) (0.5 / 3), (float) (-0.5 / 3));
  }

  @Test
  void followsTheFormulaOnALargeMatrix() {
    float[] latent = normal(3 * 7000, 0.05);
    float[] weights = quantized(latent, 3, 7000);
    for (int row = 0; row < 3; row++) {
      double mean = 0;
      for (int column = 0; column < 7000; column++) {
        mean += Math.abs((double) latent[7000 * row + column]) / 7000;
      }
      for (int column = 0; column < 7000; column++) {
        int index = 7000 * row + column;
        double expected = latent[index] >= 0 ? mean : -mean;
        assertThat((double) weights[index]).isCloseTo(expected, within(1e-7 * mean));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 1, 3e37, 1e-38, 1e-44})
  void quantizingTwiceIsQuantizingOnceBitForBit(double scale) {
    float[] once = quantized(normal(8 * 27, scale), 8, 3, 3, 3);
    assertThat(GuardedTensor.bits(quantized(once, 8, 3, 3, 3)))
        .as("seed %d", SEED)
        .isEqualTo(GuardedTensor.bits(once));
  }

  @Test
  void zerosAndNumbersWithAMeanThatIsTooSmallNeverGiveMinusZero() {
    float[] latent = new float[20];
    latent[10] = -Float.MIN_VALUE;
    assertThat(GuardedTensor.bits(quantized(latent, 2, 10)))
        .containsExactly(GuardedTensor.bits(new float[20]));
  }

  @Test
  void nanStaysNanAndInfinityCountsAsTheLargestNumber() {
    assertThat(quantized(new float[] {Float.NaN, 3f, -3f, 3f, -2f, -2f}, 2, 3))
        .containsExactly(
            Float.NaN, 2f, -2f, (float) (7.0 / 3), (float) (-7.0 / 3), (float) (-7.0 / 3));
    float half = Float.MAX_VALUE / 2;
    assertThat(quantized(new float[] {Float.NEGATIVE_INFINITY, 0f}, 1, 2))
        .containsExactly(-half, half);
  }

  @Test
  void theFullGradientIsThatOfTheSurrogateByCentralDifferences() {
    int filters = 4;
    int size = 18;
    // A scale at which about a third of the weights are beyond 1.
    float[] latent = normal(filters * size, 1);
    float[] slope = new float[filters * size];
    for (int index = 0; index < slope.length; index++) {
      slope[index] = (float) Math.sin(index + 1.0);
    }
    float[] gradient = gradient(quantizer, latent, slope, filters, size);

    double step = 1e-6;
    for (int index = 0; index < latent.length; index++) {
      double up = surrogate(latent, slope, size, index, step);
      double down = surrogate(latent, slope, size, index, -step);
      assertThat((double) gradient[index])
          .as("weight %d, %s, seed %d", index, latent[index], SEED)
          .isCloseTo((up - down) / (2 * step), within(2e-7));
    }
  }

  /**
   * Returns the objective of one weight's filter where that weight is moved: the scale moves and
   * the signs stand, plus the scale stands and the signs move as the clip to [-1, 1] does.
   */
  private static double surrogate(
      float[] latent, float[] slope, int size, int moved, double distance) {
    int start = moved - moved % size;
    double scale = 0;
    double movedScale = 0;
    for (int index = start; index < start + size; index++) {
      scale += Math.abs((double) latent[index]) / size;
      movedScale += Math.abs(latent[index] + (index == moved ? distance : 0)) / size;
    }
    double throughScale = 0;
    double throughSign = 0;
    for (int index = start; index < start + size; index++) {
      double weight = latent[index] + (index == moved ? distance : 0);
      throughScale += movedScale * slope[index] * (latent[index] >= 0 ? 1 : -1);
      throughSign += scale * slope[index] * Math.max(-1, Math.min(1, weight));
    }
    return throughScale + throughSign;
  }

  @Test
  void onAFilterOfOneWeightTheFullGradientIsThePrintedFormula() {
    // g·(1/n + α·1[|w| ≤ 1]), n = 1, α = |w|.
    float above = Math.nextUp(1f);
    float[] latent = {0.5f, -0.25f, 1f, -1f, above, -above, 0f};
    float[] slope = {2f, 2f, -3f, 2f, 2f, 2f, 2f};
    assertThat(gradient(quantizer, latent, slope, 7, 1))
        .containsExactly(3f, 2.5f, -6f, 4f, 2f, 2f, 2f);
  }

  @Test
  void straightThroughPassesTheGradientAndNothingIsClipped() {
    float[] slope = {3f, -0f, 1e-30f, -2f};
    float[] updated = {5f, -5f, 0f, 0.5f};
    assertThat(gradient(new BinaryWeight(false), updated, slope, 2, 2)).containsExactly(slope);
    GuardedTensor weights = GuardedTensor.of(updated, 2, 2);
    quantizer.afterUpdate(weights.tensor(), context());
    weights.assertUnchanged(updated);
  }

  private static float[] normal(int count, double scale) {
    RandomSource random = RandomSource.of(SEED, RandomPurpose.MODEL, 0);
    float[] values = new float[count];
    for (int index = 0; index < count; index++) {
      values[index] = (float) (scale * random.normal(index));
    }
    return values;
  }

  private float[] quantized(float[] latent, long... shape) {
    GuardedTensor source = GuardedTensor.of(latent, shape);
    GuardedTensor target = GuardedTensor.of(new float[latent.length], shape);
    quantizer.quantize(source.tensor(), target.tensor(), context());
    return target.values();
  }

  private static float[] gradient(
      BinaryWeight quantizer, float[] latent, float[] slope, long... shape) {
    GuardedTensor weights = GuardedTensor.of(latent, shape);
    GuardedTensor gradient = GuardedTensor.of(slope, shape);
    quantizer.gradient(weights.tensor(), gradient.tensor(), context());
    return gradient.values();
  }

  private static QuantizationContext context() {
    return QuantizationContext.of(
        "conv/weight",
        ParameterRole.CONVOLUTION_WEIGHT,
        1,
        RandomSource.of(SEED, RandomPurpose.QUANTIZE, 1));
  }
}
