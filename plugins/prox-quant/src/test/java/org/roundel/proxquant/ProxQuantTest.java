package org.roundel.proxquant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.api.model.ParameterPlace;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.quantizer.Grid;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.api.training.Moment;
import org.roundel.api.training.StateArrays;
import org.roundel.kit.probe.GuardedTensor;

class ProxQuantTest {
  private static final long SEED = 1810;
  private static final int SIZE = 200_000;

  private final ProxQuant quantizer = new ProxQuant(Grid.binary(1), 2, 0.5);

  /** The paper's formula, then the clip, in double. */
  @ParameterizedTest
  @CsvSource({"0, 0.1", "0.1, 0.1", "0.25, 0.3", "0.49, 1", "0.4, 0.001"})
  void afterAnUpdateWeightsArePulledToTheNearerValue(double progress, double rate) {
    double threshold = rate * 2 * progress / 0.5;
    float[] updated = new float[401];
    for (int index = 0; index < updated.length; index++) {
      updated[index] = (index - 200) / 100f;
    }
    float[] pulled = afterUpdate(progress, rate, updated);
    for (int index = 0; index < updated.length; index++) {
      double theta = updated[index];
      double nearer = theta >= 0 ? 1 : -1;
      double away = theta - nearer;
      double prox = nearer + Math.signum(away) * Math.max(Math.abs(away) - threshold, 0);
      double expected = Math.max(-1, Math.min(1, prox));
      assertThat((double) pulled[index])
          .as("from %s", updated[index])
          .isCloseTo(expected, within(1e-7));
    }
  }

  /** The prox is the minimiser of (x − θ)²/2 + threshold·min(|x − s|, |x + s|). */
  @Test
  void theStepIsTheProximalOperatorOfTheRegulariser() {
    double threshold = 0.01 * 2 * 0.3 / 0.5;
    for (float theta : new float[] {-0.999f, -0.7f, -0.02f, 0.3f, 0.995f}) {
      double best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int index = -200_000; index <= 200_000; index++) {
        double x = index / 200_000.0;
        double value =
            (x - theta) * (x - theta) / 2 + threshold * Math.min(Math.abs(x - 1), Math.abs(x + 1));
        if (value < least) {
          least = value;
          best = x;
        }
      }
      assertThat((double) afterUpdate(0.3, 0.01, theta)[0]).isCloseTo(best, within(1e-5));
    }
  }

  @Test
  void theTwoValuesAreFixedPointsAndEveryWeightGetsThere() {
    float[] weights = {-1f, 1f, -0f, -0.001f, 0.4f, Float.NaN, Float.POSITIVE_INFINITY};
    for (int step = 0; step < 300; step++) {
      weights = afterUpdate(0.25, 0.01, weights);
    }
    assertThat(weights).containsExactly(-1f, 1f, 1f, -1f, 1f, Float.NaN, 1f);
  }

  @Test
  void theNetTrainsWithTheWeightsThemselvesUntilTheyAreFrozen() {
    float[] latent = {0.3f, -0.3f, 0f, -0f, 1f, Float.NaN};
    float[] signs = {1f, -1f, 1f, 1f, 1f, Float.NaN};
    assertThat(GuardedTensor.bits(quantized(0.49, false, latent)))
        .isEqualTo(GuardedTensor.bits(latent));
    assertThat(quantized(0.49, true, latent)).containsExactly(signs);
    assertThat(quantized(0.5, false, latent)).containsExactly(signs);
    assertThat(quantized(1, true, latent)).containsExactly(signs);
    assertThat(afterUpdate(0.5, 0.01, latent)).containsExactly(signs);
  }

  @Test
  void weightsAreFrozenFromTheShareOfTheRunOn() {
    assertThat(quantizer.isFrozen(context(0, 0.1, false))).isFalse();
    assertThat(quantizer.isFrozen(context(Math.nextDown(0.5), 0.1, false))).isFalse();
    assertThat(quantizer.isFrozen(context(0.5, 0.1, false))).isTrue();
    ProxQuant never = new ProxQuant(Grid.binary(1), 2, 1);
    assertThat(never.isFrozen(context(Math.nextDown(1.0), 0.1, false))).isFalse();
    assertThat(new ProxQuant(Grid.binary(1), 2, 0).isFrozen(context(0, 0.1, false))).isTrue();
  }

  @Test
  void theGradientPasses() {
    float[] slope = {3f, -0f, 1e-30f};
    GuardedTensor latent = GuardedTensor.of(new float[] {5f, 0f, 0.5f}, 3, 1);
    GuardedTensor gradient = GuardedTensor.of(slope, 3, 1);
    quantizer.gradient(latent.tensor(), gradient.tensor(), context(0.2, 0.1, false));
    gradient.assertUnchanged(slope);
  }

  @Test
  void weightsStartUniformBetweenTheTwoValues() {
    GuardedTensor weights = GuardedTensor.of(new float[SIZE], SIZE, 1);
    new ProxQuant(Grid.binary(2), 1, 0.5).initialize(weights.tensor(), context(0, 0, false));
    int[] counts = new int[16];
    for (float weight : weights.values()) {
      assertThat(weight).isBetween(-2f, 2f);
      counts[Math.min(15, (int) ((weight + 2) * 4))]++;
    }
    double standardError = Math.sqrt(1 / 16.0 * (15 / 16.0) / SIZE);
    for (int count : counts) {
      assertThat((double) count / SIZE)
          .as("seed %d", SEED)
          .isCloseTo(1 / 16.0, within(5 * standardError));
    }
  }

  private float[] afterUpdate(double progress, double rate, float... updated) {
    GuardedTensor weights = GuardedTensor.of(updated, updated.length, 1);
    quantizer.afterUpdate(weights.tensor(), context(progress, rate, false));
    return weights.values();
  }

  private float[] quantized(double progress, boolean evaluation, float... latent) {
    GuardedTensor source = GuardedTensor.of(latent, latent.length, 1);
    GuardedTensor target = GuardedTensor.of(new float[latent.length], latent.length, 1);
    quantizer.quantize(source.tensor(), target.tensor(), context(progress, 0, evaluation));
    return target.values();
  }

  private static QuantizationContext context(double progress, double rate, boolean evaluation) {
    return new QuantizationContext(
        new ParameterPlace("conv/weight", ParameterRole.CONVOLUTION_WEIGHT, 0, 1),
        StateArrays.none(),
        new Moment(7, 1, progress, rate, 1),
        evaluation,
        RandomSource.of(SEED, RandomPurpose.QUANTIZE, 7));
  }
}
