package org.roundel.binaryconnect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.quantizer.GradientEstimator;
import org.roundel.api.quantizer.Grid;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.kit.probe.GuardedTensor;

class BinaryConnectTest {
  private static final long SEED = 1511;
  private static final int SIZE = 200_000;

  private final Grid signs = Grid.binary(1);

  @Test
  void nearestTakesTheSignAndZeroCountsAsPositive() {
    BinaryConnect quantizer = binaryConnect(signs, false, true);
    assertThat(quantized(quantizer, 0.01f, -0.01f, 0f, -0f, -1f))
        .containsExactly(1f, -1f, 1f, 1f, -1f);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1.5, -1, -0.9, -0.2, 0, 0.5, 0.999, 1, 4})
  void stochasticFollowsTheHardSigmoid(double latent) {
    float[] values = new float[SIZE];
    Arrays.fill(values, (float) latent);
    double expected = Math.max(0, Math.min(1, ((float) latent + 1.0) / 2));
    int positive = 0;
    for (float weight : quantized(binaryConnect(signs, true, true), values)) {
      if (weight > 0) {
        positive++;
      }
    }
    double standardError = Math.sqrt(expected * (1 - expected) / SIZE);
    assertThat((double) positive / SIZE)
        .as("seed %d", SEED)
        .isCloseTo(expected, within(5 * standardError));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.6, -0.05, 0.125, 0.7})
  void stochasticIsUnbiasedOnAFixedPointGrid(double latent) {
    float weight = (float) latent;
    float[] values = new float[SIZE];
    Arrays.fill(values, weight);
    double fraction = weight / 0.25 - Math.floor(weight / 0.25);
    double sum = 0;
    for (float quantized :
        quantized(binaryConnect(Grid.fixedPoint(0.25, -1, 1), true, true), values)) {
      sum += (double) quantized - weight;
    }
    double standardError = 0.25 * Math.sqrt(fraction * (1 - fraction) / SIZE);
    assertThat(sum / SIZE).as("seed %d", SEED).isCloseTo(0, within(5 * standardError));
  }

  @Test
  void clipsLatentWeightsToTheRangeOfTheGridAndNoFurther() {
    float[] updated = {-7f, -1f, -0.3f, -0f, 0.9f, 1.5f, Float.NaN, Float.POSITIVE_INFINITY};
    assertThat(afterUpdate(binaryConnect(signs, false, true), updated))
        .containsExactly(-1f, -1f, -0.3f, -0f, 0.9f, 1f, Float.NaN, 1f);
    assertThat(afterUpdate(binaryConnect(Grid.fixedPoint(0.5, -0.5, 2), true, true), updated))
        .containsExactly(-0.5f, -0.5f, -0.3f, -0f, 0.9f, 1.5f, Float.NaN, 2f);
    assertThat(afterUpdate(binaryConnect(signs, false, false), updated)).containsExactly(updated);
  }

  @Test
  void latentWeightsStartUniformInTheClipRange() {
    GuardedTensor weights = GuardedTensor.of(new float[SIZE], SIZE, 1);
    binaryConnect(Grid.fixedPoint(0.5, -1, 3), false, true)
        .initialize(weights.tensor(), context(RandomPurpose.INITIALIZE, 0));
    int[] counts = new int[16];
    for (float weight : weights.values()) {
      assertThat(weight).isBetween(-1f, 3f);
      counts[Math.min(15, (int) ((weight + 1) * 4))]++;
    }
    double standardError = Math.sqrt(1 / 16.0 * (15 / 16.0) / SIZE);
    for (int count : counts) {
      assertThat((double) count / SIZE)
          .as("seed %d", SEED)
          .isCloseTo(1 / 16.0, within(5 * standardError));
    }
  }

  @Test
  void theGradientPassesStraightThrough() {
    float[] slope = {3f, -0f, 1e-30f, -2f};
    GuardedTensor latent = GuardedTensor.of(new float[] {5f, -5f, 0f, 0.5f}, 2, 2);
    GuardedTensor gradient = GuardedTensor.of(slope, 2, 2);
    binaryConnect(signs, true, true)
        .gradient(latent.tensor(), gradient.tensor(), context(RandomPurpose.QUANTIZE, 1));
    gradient.assertUnchanged(slope);
  }

  @Test
  void otherEstimatorsCountInUnitsOfTheScale() {
    float[] latent = {0.25f, -0.25f, 0.26f, -9f};
    GuardedTensor weights = GuardedTensor.of(latent, 4, 1);
    GuardedTensor gradient = GuardedTensor.of(new float[] {3, 3, 3, 3}, 4, 1);
    new BinaryConnect(Grid.binary(0.25), false, false, GradientEstimator.CLIPPED)
        .gradient(weights.tensor(), gradient.tensor(), context(RandomPurpose.QUANTIZE, 1));
    weights.assertUnchanged(latent);
    assertThat(gradient.values()).containsExactly(3, 3, 0, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "estimator=clipped, set clip=false",
    "estimator=ede rounding=stochastic, set rounding=nearest",
    "estimator=reste grid=fixed-point, set grid=binary"
  })
  void anEstimatorWithoutMeaningIsRefused(String given, String advice) {
    BinaryConnectFactory factory = new BinaryConnectFactory();
    Map<String, String> values = new HashMap<>();
    for (String option : given.split(" ", -1)) {
      values.put(option.split("=", 2)[0], option.split("=", 2)[1]);
    }
    assertThatThrownBy(() -> factory.create(Options.of(factory.options(), values)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'estimator'")
        .hasMessageContaining(advice);
  }

  private static BinaryConnect binaryConnect(Grid grid, boolean stochastic, boolean clip) {
    return new BinaryConnect(grid, stochastic, clip, GradientEstimator.STRAIGHT_THROUGH);
  }

  private static float[] quantized(BinaryConnect quantizer, float... latent) {
    GuardedTensor source = GuardedTensor.of(latent, latent.length, 1);
    GuardedTensor target = GuardedTensor.of(new float[latent.length], latent.length, 1);
    quantizer.quantize(source.tensor(), target.tensor(), context(RandomPurpose.QUANTIZE, 1));
    return target.values();
  }

  private static float[] afterUpdate(BinaryConnect quantizer, float... updated) {
    GuardedTensor weights = GuardedTensor.of(updated, updated.length, 1);
    quantizer.afterUpdate(weights.tensor(), context(RandomPurpose.QUANTIZE, 1));
    return weights.values();
  }

  private static QuantizationContext context(RandomPurpose purpose, long step) {
    return QuantizationContext.of(
        "conv/weight",
        ParameterRole.CONVOLUTION_WEIGHT,
        step,
        RandomSource.of(SEED, purpose, step));
  }
}
