package org.roundel.ternary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.kit.probe.GuardedTensor;

class TernaryTest {
  private static final long SEED = 1605;
  private static final int SIZE = 20_000;

  private final Ternary quantizer = new Ternary(0.7);

  @Test
  void followsTheFormulaOnNumbersThatAreEasilyReckoned() {
    // The mean magnitude is 0.92, the threshold 0.644, the mean of what is beyond it 4/3.
    float scale = (float) (4.0 / 3);
    assertThat(quantized(quantizer, 1f, -1f, 0.5f, -2f, 0.1f))
        .containsExactly(scale, -scale, 0f, -scale, 0f);
  }

  @Test
  void aWeightAtTheThresholdIsZero() {
    // The mean magnitude is 1, so that half of it is the threshold.
    assertThat(quantized(new Ternary(0.5), 0.5f, -0.5f, 1.5f, -1.5f))
        .containsExactly(0f, 0f, 1.5f, -1.5f);
    float above = Math.nextUp(0.5f);
    assertThat(quantized(new Ternary(0.5), above, -0.5f, 1.5f, -1.5f)[0]).isPositive();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.05, 0.7, 0.99})
  void followsTheFormulaOnALargeLayer(double threshold) {
    float[] latent = normal(0.05);
    double mean = 0;
    for (float weight : latent) {
      mean += Math.abs((double) weight) / SIZE;
    }
    double sum = 0;
    int count = 0;
    for (float weight : latent) {
      if (Math.abs(weight) > threshold * mean) {
        sum += Math.abs((double) weight);
        count++;
      }
    }
    float[] weights = quantized(new Ternary(threshold), latent);
    for (int index = 0; index < SIZE; index++) {
      double expected = 0;
      if (Math.abs(latent[index]) > threshold * mean) {
        expected = Math.signum(latent[index]) * sum / count;
      }
      assertThat((double) weights[index]).isCloseTo(expected, within(1e-7 * sum / count));
    }
  }

  @Test
  void noOtherScaleIsNearerToTheLatentWeights() {
    float[] latent = normal(0.05);
    float[] weights = quantized(quantizer, latent);
    double distance = distance(latent, weights, 1);
    assertThat(distance).isLessThan(distance(latent, weights, 1.001));
    assertThat(distance).isLessThan(distance(latent, weights, 0.999));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.7, 0.99})
  void quantizingTwiceIsQuantizingOnceBitForBitAtEveryScale(double threshold) {
    Ternary ternary = new Ternary(threshold);
    for (double scale : new double[] {0.05, 1, 3e37, 1e-38, 1e-44}) {
      float[] once = quantized(ternary, normal(scale));
      assertThat(GuardedTensor.bits(quantized(ternary, once)))
          .as("scale %s, seed %d", scale, SEED)
          .isEqualTo(GuardedTensor.bits(once));
    }
  }

  @Test
  void aLayerOfOneMagnitudeKeepsIt() {
    float[] equal = new float[5000];
    for (int index = 0; index < equal.length; index++) {
      equal[index] = index % 3 == 0 ? -0.1f : 0.1f;
    }
    assertThat(quantized(new Ternary(0.99), equal)).containsExactly(equal);
  }

  @Test
  void zerosAndTheSmallestNumbersStayFinite() {
    assertThat(GuardedTensor.bits(quantized(quantizer, 0f, -0f, 0f)))
        .containsExactly(GuardedTensor.bits(new float[3]));
    float least = Float.MIN_VALUE;
    assertThat(quantized(quantizer, least, -least, 0f, -0f)).containsExactly(least, -least, 0f, 0f);
  }

  @Test
  void nanStaysNanAndInfinityCountsAsTheLargestNumber() {
    float infinity = Float.POSITIVE_INFINITY;
    assertThat(quantized(quantizer, Float.NaN, 1f, -1f, 1f))
        .containsExactly(Float.NaN, 1f, -1f, 1f);
    assertThat(quantized(quantizer, infinity, 1f, -infinity, -1f))
        .containsExactly(Float.MAX_VALUE, 0f, -Float.MAX_VALUE, 0f);
  }

  @Test
  void theGradientPassesStraightThroughAndNothingIsClipped() {
    float[] slope = {3f, -0f, 1e-30f, -2f};
    float[] updated = {5f, -5f, 0f, 0.5f};
    GuardedTensor latent = GuardedTensor.of(updated, 2, 2);
    GuardedTensor gradient = GuardedTensor.of(slope, 2, 2);
    quantizer.gradient(latent.tensor(), gradient.tensor(), context());
    quantizer.afterUpdate(latent.tensor(), context());
    gradient.assertUnchanged(slope);
    latent.assertUnchanged(updated);
  }

  private static double distance(float[] latent, float[] weights, double factor) {
    double sum = 0;
    for (int index = 0; index < latent.length; index++) {
      double difference = latent[index] - factor * weights[index];
      sum += difference * difference;
    }
    return sum;
  }

  private static float[] normal(double scale) {
    RandomSource random = RandomSource.of(SEED, RandomPurpose.MODEL, 0);
    float[] values = new float[SIZE];
    for (int index = 0; index < SIZE; index++) {
      values[index] = (float) (scale * random.normal(index));
    }
    return values;
  }

  private static float[] quantized(Ternary quantizer, float... latent) {
    GuardedTensor source = GuardedTensor.of(latent, latent.length, 1);
    float[] anything = new float[latent.length];
    Arrays.fill(anything, 77);
    GuardedTensor target = GuardedTensor.of(anything, latent.length, 1);
    quantizer.quantize(source.tensor(), target.tensor(), context());
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
