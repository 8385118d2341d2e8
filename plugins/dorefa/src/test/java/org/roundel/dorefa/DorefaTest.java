package org.roundel.dorefa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.kit.probe.GuardedTensor;

class DorefaTest {
  private static final long SEED = 1606;
  private static final int SIZE = 20_000;

  @Test
  void hasEvenStepsFromMinusOneToOne() {
    float third = (float) (1.0 / 3);
    assertThat(new Dorefa(2).levels()).containsExactly(-1f, -third, third, 1f);
    float[] levels = new Dorefa(8).levels();
    assertThat(levels).hasSize(256);
    assertThat(levels[200]).isEqualTo((float) (400 / 255.0 - 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
  void everyWeightIsNearestToItsSquashedAndStretchedValue(int bits) {
    float[] latent = normal(SIZE, 0.3);
    double maximum = 0;
    for (float weight : latent) {
      maximum = Math.max(maximum, Math.abs(StrictMath.tanh(weight)));
    }
    float[] weights = quantized(new Dorefa(bits), latent);
    double halfStep = 1 / (Math.pow(2, bits) - 1);
    for (int index = 0; index < SIZE; index++) {
      double stretched = StrictMath.tanh(latent[index]) / maximum;
      assertThat((double) weights[index])
          .as("weight %s, seed %d", latent[index], SEED)
          .isCloseTo(stretched, within(halfStep + 1e-7));
    }
  }

  @Test
  void followsTheFormulaOnNumbersThatAreEasilyReckoned() {
    // tanh of these is 3/5 and 1/3 of the largest, 0.5: with 3 steps, 2.4 and 1 places from below.
    float[] latent = {atanh(0.5), atanh(0.3), atanh(-0.3), atanh(-0.17), atanh(0.16)};
    float third = (float) (1.0 / 3);
    assertThat(quantized(new Dorefa(2), latent)).containsExactly(1f, third, -third, -third, third);
    // 2/3 is half way between 1/3 and 1; half of a step decides.
    assertThat(quantized(new Dorefa(2), 1f, atanh(0.66 * Math.tanh(1)), atanh(0.67 * Math.tanh(1))))
        .containsExactly(1f, third, 1f);
  }

  @Test
  void zeroIsInTheMiddleAndGoesToTheEvenPlaceWhichIsPositive() {
    for (int bits = 2; bits <= 8; bits++) {
      float least = (float) (1 / (Math.pow(2, bits) - 1));
      assertThat(quantized(new Dorefa(bits), 0f, -0f, 1f)).containsExactly(least, least, 1f);
      assertThat(quantized(new Dorefa(bits), 0f, -0f)).containsExactly(least, least);
    }
  }

  @Test
  void onlyRatiosCountWhereAllWeightsAreTiny() {
    float least = Float.MIN_VALUE;
    assertThat(quantized(new Dorefa(2), 4 * least, -4 * least, least, -least))
        .containsExactly(1f, -1f, (float) (1.0 / 3), (float) (-1.0 / 3));
  }

  @Test
  void nanStaysNanAndInfinityIsTheEndOfTanh() {
    float[] latent = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0.1f, -0.1f};
    assertThat(quantized(new Dorefa(2), latent))
        .containsExactly(Float.NaN, 1f, -1f, (float) (1.0 / 3), (float) (-1.0 / 3));
  }

  @Test
  void quantizingTwiceMovesWeightsTowardsTheEnds() {
    float[] once = {7 / 15f, 1f, -7 / 15f};
    assertThat(quantized(new Dorefa(4), once)[0]).isEqualTo((float) (9 / 15.0));
    assertThat(new Dorefa(4).properties()).isEmpty();
  }

  @Test
  void oneBitIsTheSignTimesTheMeanOfTheWholeLayer() {
    assertThat(quantized(new ScaledSign(), 1f, -2f, 0f, -0f, 0.5f))
        .containsExactly(0.7f, -0.7f, 0.7f, 0.7f, 0.7f);
    assertThat(GuardedTensor.bits(quantized(new ScaledSign(), new float[] {0, -0f})))
        .containsExactly(0, 0);
    assertThat(quantized(new ScaledSign(), Float.NaN, 3f, -3f)).containsExactly(Float.NaN, 2f, -2f);
    assertThat(quantized(new ScaledSign(), Float.NEGATIVE_INFINITY, 0f))
        .containsExactly(-Float.MAX_VALUE / 2, Float.MAX_VALUE / 2);
    float[] once = quantized(new ScaledSign(), normal(SIZE, 0.3));
    assertThat(GuardedTensor.bits(quantized(new ScaledSign(), once)))
        .isEqualTo(GuardedTensor.bits(once));
    float[] slope = {2f, -0f, 1e-30f};
    assertThat(gradient(new ScaledSign(), new float[] {5f, 0f, -1f}, slope)).containsExactly(slope);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 2})
  void theGradientIsThatOfTheSurrogateByCentralDifferences(double scale) {
    checkGradient(normal(60, scale));
  }

  @Test
  void weightsThatShareTheLargestMagnitudeShareItsTerm() {
    checkGradient(0.1f, -0.4f, 0.05f, 0.4f, -0.3f);
  }

  @Test
  void theGradientKnowsThatACommonFactorOfAllTanhHasNoEffect() {
    float[] latent = normal(SIZE, 0.3);
    float[] gradient = gradient(new Dorefa(4), latent, slope(SIZE));
    double along = 0;
    double length = 0;
    for (int index = 0; index < SIZE; index++) {
      double tanh = Math.tanh(latent[index]);
      double slope = gradient[index] / (1 - tanh * tanh);
      along += slope * tanh;
      length += Math.abs(slope * tanh);
    }
    // What float32 makes of each term.
    assertThat(along).isCloseTo(0, within(1e-7 * length));
  }

  @Test
  void theGradientOfALayerOfZerosPassesUnchanged() {
    float[] slope = {2f, -0f, 1e-30f};
    assertThat(gradient(new Dorefa(2), new float[3], slope)).containsExactly(slope);
  }

  private static void checkGradient(float... latent) {
    float[] slope = slope(latent.length);
    float[] gradient = gradient(new Dorefa(3), latent, slope);
    double step = 1e-6;
    for (int index = 0; index < latent.length; index++) {
      double up = surrogate(latent, slope, index, step);
      double down = surrogate(latent, slope, index, -step);
      double expected = (up - down) / (2 * step);
      assertThat((double) gradient[index])
          .as("weight %d, %s, seed %d", index, latent[index], SEED)
          .isCloseTo(expected, within(1e-7 + 1e-6 * Math.abs(expected)));
    }
  }

  /** Returns the objective without the rounding, where one weight is moved. */
  private static double surrogate(float[] latent, float[] slope, int moved, double distance) {
    double maximum = 0;
    double sum = 0;
    for (int index = 0; index < latent.length; index++) {
      double tanh = StrictMath.tanh(latent[index] + (index == moved ? distance : 0));
      maximum = Math.max(maximum, Math.abs(tanh));
      sum += slope[index] * tanh;
    }
    return sum / maximum;
  }

  private static float[] slope(int length) {
    float[] slope = new float[length];
    for (int index = 0; index < length; index++) {
      slope[index] = (float) Math.sin(index + 1.0);
    }
    return slope;
  }

  private static float atanh(double value) {
    return (float) (0.5 * Math.log((1 + value) / (1 - value)));
  }

  private static float[] normal(int count, double scale) {
    RandomSource random = RandomSource.of(SEED, RandomPurpose.MODEL, 0);
    float[] values = new float[count];
    for (int index = 0; index < count; index++) {
      values[index] = (float) (scale * random.normal(index));
    }
    return values;
  }

  private static float[] quantized(Quantizer quantizer, float... latent) {
    GuardedTensor source = GuardedTensor.of(latent, latent.length, 1);
    GuardedTensor target = GuardedTensor.of(new float[latent.length], latent.length, 1);
    quantizer.quantize(source.tensor(), target.tensor(), context());
    return target.values();
  }

  private static float[] gradient(Quantizer quantizer, float[] latent, float[] slope) {
    GuardedTensor weights = GuardedTensor.of(latent, latent.length, 1);
    GuardedTensor gradient = GuardedTensor.of(slope, latent.length, 1);
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
