package org.roundel.binaryrelax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.Chunks;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.model.ParameterPlace;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.api.training.Moment;
import org.roundel.api.training.StateArrays;
import org.roundel.kit.probe.GuardedTensor;

class BinaryRelaxTest {
  private static final long SEED = 1801;

  private final BinaryRelax quantizer = new BinaryRelax(1, 24, 0.8);

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.4, 0.79})
  void inPhaseOneTheNetComputesBetweenLatentAndQuantizedWeights(double progress) {
    float[] latent = latent(2 * Chunks.LENGTH + 9);
    double lambda = Math.exp(Math.log(24) * progress / 0.8);
    double scale = meanMagnitude(latent);
    float[] relaxed = quantized(progress, false, latent);
    for (int index = 0; index < latent.length; index++) {
      double target = latent[index] >= 0 ? scale : -scale;
      assertThat((double) relaxed[index])
          .as("seed %d", SEED)
          .isCloseTo((lambda * target + latent[index]) / (lambda + 1), within(1e-6));
    }
  }

  /** u minimises (u − y)² + λ·(u − Q(y))², so a step in either direction costs more. */
  @Test
  void theRelaxedWeightIsTheMinimiser() {
    float[] latent = {0.9f, -0.2f, 0.1f, -1.6f};
    double lambda = Math.pow(24, 0.5);
    float[] relaxed = quantized(0.4, false, latent);
    for (int index = 0; index < latent.length; index++) {
      double least = cost(relaxed[index], latent[index], lambda);
      assertThat(cost(relaxed[index] + 1e-3, latent[index], lambda)).isGreaterThan(least);
      assertThat(cost(relaxed[index] - 1e-3, latent[index], lambda)).isGreaterThan(least);
    }
  }

  private static double cost(double relaxed, double latent, double lambda) {
    double quantized = latent >= 0 ? 0.7 : -0.7;
    return (relaxed - latent) * (relaxed - latent)
        + lambda * (relaxed - quantized) * (relaxed - quantized);
  }

  @Test
  void lambdaGrowsFromStartToEndAsThePaperMultipliesIt() {
    // Phase one of 160 epochs, with the factor 1.02 after each.
    BinaryRelax paper = new BinaryRelax(1, Math.pow(1.02, 160), 0.8);
    float[] latent = {3f, -1f};
    for (int epoch = 0; epoch < 160; epoch += 20) {
      double lambda = Math.pow(1.02, epoch);
      float[] relaxed = quantized(paper, epoch / 200.0, false, latent);
      assertThat((double) relaxed[0]).isCloseTo((2 * lambda + 3) / (lambda + 1), within(1e-6));
      assertThat((double) relaxed[1]).isCloseTo((-2 * lambda - 1) / (lambda + 1), within(1e-6));
    }
  }

  @Test
  void inPhaseTwoAndToEvaluateItComputesWithTheQuantizedWeights() {
    float[] latent = {0.5f, -1f, 0f, -0f, 2f, -0.1f};
    float scale = 0.6f;
    float[] expected = {scale, -scale, scale, scale, scale, -scale};
    assertThat(quantized(0.8, false, latent)).containsExactly(expected);
    assertThat(quantized(0.9, false, latent)).containsExactly(expected);
    assertThat(quantized(0, true, latent)).containsExactly(expected);
    assertThat(quantized(1, true, latent)).containsExactly(expected);
  }

  @Test
  void quantizedWeightsAreTheNearestMultipleOfSignsAndStay() {
    float[] latent = latent(3 * Chunks.LENGTH);
    float[] once = quantized(1, true, latent);
    double best = distance(latent, once, 1);
    assertThat(distance(latent, once, 1.001)).isGreaterThan(best);
    assertThat(distance(latent, once, 0.999)).isGreaterThan(best);
    assertThat(quantized(1, true, once)).containsExactly(once);
    for (float weight : once) {
      assertThat((double) Math.abs(weight))
          .as("seed %d", SEED)
          .isCloseTo(meanMagnitude(latent), within(1e-6));
    }
  }

  private static double distance(float[] latent, float[] quantized, double factor) {
    double sum = 0;
    for (int index = 0; index < latent.length; index++) {
      double difference = latent[index] - factor * quantized[index];
      sum += difference * difference;
    }
    return sum;
  }

  @Test
  void edgesOfFloat32() {
    float largest = Float.MAX_VALUE;
    for (double progress : new double[] {0, 0.5, 0.9}) {
      assertThat(quantized(progress, false, largest, -largest)).containsExactly(largest, -largest);
      assertThat(GuardedTensor.bits(quantized(progress, false, -0f, 0f)))
          .as("never -0")
          .isEqualTo(new int[2]);
      // It counts as the largest number in the mean: the other weight stays finite.
      float[] broken = quantized(progress, false, Float.NEGATIVE_INFINITY, 1f);
      assertThat(broken[0]).isNegative();
      assertThat(broken[1]).isPositive().isFinite();
      assertThat(quantized(progress, false, Float.NaN, 1f)[0]).isNaN();
    }
  }

  @Test
  void theGradientPassesAndLatentWeightsAreLeftAlone() {
    float[] slope = {3f, -0f, 1e-30f};
    float[] weights = {50f, 0f, -0.5f};
    GuardedTensor latent = GuardedTensor.of(weights, 3, 1);
    GuardedTensor gradient = GuardedTensor.of(slope, 3, 1);
    quantizer.initialize(latent.tensor(), context(0, false));
    quantizer.gradient(latent.tensor(), gradient.tensor(), context(0.2, false));
    quantizer.afterUpdate(latent.tensor(), context(0.2, false));
    gradient.assertUnchanged(slope);
    latent.assertUnchanged(weights);
  }

  @Test
  void lambdaMayNotFall() {
    BinaryRelaxFactory factory = new BinaryRelaxFactory();
    Options falling =
        Options.of(factory.options(), Map.of("lambda-start", "30", "lambda-end", "20"));
    assertThatThrownBy(() -> factory.create(falling))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "option 'lambda-end' is 20.0, less than lambda-start, which is 30.0; allowed: at least"
                + " as much, as lambda grows");
  }

  private static float[] latent(int length) {
    RandomSource random = RandomSource.of(SEED, RandomPurpose.MODEL, 0);
    float[] values = new float[length];
    for (int index = 0; index < length; index++) {
      values[index] = (float) random.normal(index);
    }
    return values;
  }

  private static double meanMagnitude(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += Math.abs(value);
    }
    return sum / values.length;
  }

  private float[] quantized(double progress, boolean evaluation, float... latent) {
    return quantized(quantizer, progress, evaluation, latent);
  }

  private static float[] quantized(
      BinaryRelax quantizer, double progress, boolean evaluation, float... latent) {
    GuardedTensor source = GuardedTensor.of(latent, latent.length, 1);
    GuardedTensor target = GuardedTensor.of(new float[latent.length], latent.length, 1);
    quantizer.quantize(source.tensor(), target.tensor(), context(progress, evaluation));
    return target.values();
  }

  private static QuantizationContext context(double progress, boolean evaluation) {
    return new QuantizationContext(
        new ParameterPlace("conv/weight", ParameterRole.CONVOLUTION_WEIGHT, 0, 1),
        StateArrays.none(),
        new Moment(7, 1, progress, 0.01, 1),
        evaluation,
        RandomSource.of(SEED, RandomPurpose.QUANTIZE, 7));
  }
}
