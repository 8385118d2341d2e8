package org.roundel.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.training.StateArrays;
import org.roundel.kit.probe.GuardedTensor;

class AdamTest {
  @ParameterizedTest
  @ValueSource(floats = {3f, -0.01f, 1e-6f, 1e-8f})
  void underAConstantGradientEveryStepIsTheSame(float gradient) {
    // Both corrected moments are exact: m^ = g and v^ = g^2, so a step is rate g / (|g| + epsilon).
    int steps = 50;
    float[] gradients = new float[steps];
    Arrays.fill(gradients, gradient);
    double step = 0.01 * gradient / (Math.abs((double) gradient) + 1e-8);
    float[] way =
        Trajectory.under(
            new Adam(0.9, 0.999, 1e-8, WeightDecay.ofAll(0), false), 0f, 0.01, gradients);
    for (int index = 0; index < steps; index++) {
      // Step k uses m off by at most k roundings and the root of v off by k/2, and rounds a weight
      // of k steps once. Summed over k = 1..t that is 1.25 t (t + 1) roundings of one step.
      double updates = index + 1.0;
      double bound = Trajectory.ROUNDING * 1.25 * updates * (updates + 1) * Math.abs(step);
      assertThat((double) way[index])
          .as("after step %d", index + 1)
          .isCloseTo(-(index + 1) * step, within(bound));
    }
  }

  @Test
  void epsilonIsAddedAfterTheBiasCorrection() {
    // g = 1, so the first step is 1 / (1 + epsilon) for any betas; with epsilon added before the
    // correction it would be 1 / (1 + 1/sqrt(0.001)) = 0.03.
    assertThat(Trajectory.under(new Adam(0.9, 0.999, 1, WeightDecay.ofAll(0), false), 0f, 1, 1f)[0])
        .isEqualTo(-0.5f);
  }

  @Test
  void theStateIsTheTwoMoments() {
    Adam adam = new Adam(0.75, 0.5, 1e-8, WeightDecay.ofAll(0), false);
    StateArrays state = StateArrays.allocate(adam.stateArrays(), 1, 1);
    GuardedTensor weights = GuardedTensor.of(new float[1], 1, 1);
    INDArray gradient = GuardedTensor.of(new float[] {2f}, 1, 1).tensor();
    adam.update(weights.tensor(), gradient, Trajectory.context(state, 1, 0.01));
    adam.update(weights.tensor(), gradient, Trajectory.context(state, 2, 0.01));
    assertThat(state.values("first-moment").getFloat(0)).isEqualTo(0.875f);
    assertThat(state.values("second-moment").getFloat(0)).isEqualTo(3f);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.9, 0.999, 0.999999})
  void theBiasCorrectionIsAccurate(double beta) {
    MathContext digits = new MathContext(40);
    for (int step : new int[] {1, 2, 10, 1000, 100_000}) {
      BigDecimal exact = BigDecimal.ONE.subtract(new BigDecimal(beta).pow(step, digits), digits);
      double expected = exact.doubleValue();
      // Logarithm, product and expm1 are each off by at most an ulp, and none is magnified.
      assertThat(Adam.oneMinusPower(beta, step))
          .as("step %d", step)
          .isCloseTo(expected, within(4 * Math.ulp(expected)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.9, 0.999, 1e-8, 0, false",
    "0.9, 0.999, 1e-8, 0.01, false",
    "0.5, 0.9, 1e-3, 0, false",
    "0, 0.99, 1e-8, 0, false",
    "0.9, 0.999, 1e-8, 0.01, true",
    "0.5, 0.9, 1e-3, 0.5, true"
  })
  void followsTheExactRecurrence(
      double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled) {
    Trajectory.assertFollows(
        new Adam(beta1, beta2, epsilon, WeightDecay.ofAll(weightDecay), decoupled),
        start -> new ExactAdam(start, beta1, beta2, epsilon, weightDecay, decoupled));
  }

  @Test
  void decoupledDecayOfAConstantGradientHasAClosedForm() {
    // w_t = (1 - rate decay) w_{t-1} - rate s with the constant step s = g / (|g| + epsilon), so
    // w_t = (w_0 + s / decay) (1 - rate decay)^t - s / decay.
    int steps = 100;
    double rate = 0.05;
    double decay = 0.8;
    float[] gradients = new float[steps];
    Arrays.fill(gradients, 0.003f);
    double share = 0.003f / (0.003f + 1e-8);
    float[] way =
        Trajectory.under(
            new Adam(0.9, 0.999, 1e-8, WeightDecay.ofAll(decay), true), 2f, rate, gradients);
    for (int index = 0; index < steps; index++) {
      double updates = index + 1.0;
      double expected = (2 + share / decay) * Math.pow(1 - rate * decay, updates) - share / decay;
      // As above for the steps; and every update rounds a weight of at most 2.
      double bound = Trajectory.ROUNDING * (1.25 * updates * (updates + 1) * rate + 2 * updates);
      assertThat((double) way[index])
          .as("after step %d", index + 1)
          .isCloseTo(expected, within(bound));
    }
  }

  @Test
  void withoutDecayBothFormsAreOne() {
    float[] gradients = {0.3f, -2f, 1e-4f, 0f, 5f};
    assertThat(
            Trajectory.under(
                new Adam(0.9, 0.999, 1e-8, WeightDecay.ofAll(0), true), 1.7f, 0.01, gradients))
        .containsExactly(
            Trajectory.under(
                new Adam(0.9, 0.999, 1e-8, WeightDecay.ofAll(0), false), 1.7f, 0.01, gradients));
  }
}
