package org.roundel.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.api.optimizer.Optimizer;

class MomentumTest {
  @Test
  void plainDescentSubtractsRateTimesGradientAndDecay() {
    assertThat(Trajectory.under(new Sgd(WeightDecay.ofAll(0)), 1f, 0.5, 0.25f, -2f))
        .containsExactly(0.875f, 1.875f);
    assertThat(Trajectory.under(new Sgd(WeightDecay.ofAll(0.5)), 2f, 0.5, 1f)).containsExactly(1f);
  }

  @Test
  void theFirstThreeUpdatesByHand() {
    // v = 1, 1.5, 1.75 under the gradient 1; Nesterov adds g + v/2 = 1.5, 1.75, 1.875.
    assertThat(
            Trajectory.under(new Momentum(0.5, WeightDecay.ofAll(0), false), 0f, 0.5, 1f, 1f, 1f))
        .containsExactly(-0.5f, -1.25f, -2.125f);
    assertThat(Trajectory.under(new Momentum(0.5, WeightDecay.ofAll(0), true), 0f, 0.5, 1f, 1f, 1f))
        .containsExactly(-0.75f, -1.625f, -2.5625f);
  }

  @ParameterizedTest
  @CsvSource({"0.9, false", "0.99, false", "0.9, true"})
  void aConstantGradientGivesTheClosedForm(double momentum, boolean nesterov) {
    int steps = 100;
    float[] gradients = new float[steps];
    Arrays.fill(gradients, 0.5f);
    double rate = 0.01;
    // The velocity is g (1 - mu^t) / (1 - mu); its sum over t = 1..T follows from the geometric
    // sum.
    double sum = 0.5 / (1 - momentum) * (steps - geometric(momentum, steps));
    if (nesterov) {
      sum = 0.5 * steps + momentum * sum;
    }
    // Relative to the largest value on the way: one rounding of v in each step is carried on with
    // 1/(1 - mu) and added up, and one rounding of w in each step.
    double bound = Trajectory.ROUNDING * steps * (rate * 0.5 / square(1 - momentum) + rate * sum);
    float[] way =
        Trajectory.under(
            new Momentum(momentum, WeightDecay.ofAll(0), nesterov), 0f, rate, gradients);
    assertThat((double) way[steps - 1]).isCloseTo(-rate * sum, within(bound));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, false",
    "0, 0.01, false",
    "0.9, 0, false",
    "0.9, 0.01, false",
    "0.9, 0.01, true"
  })
  void followsTheExactRecurrence(double momentum, double weightDecay, boolean nesterov) {
    WeightDecay decay = WeightDecay.ofAll(weightDecay);
    Optimizer optimizer = momentum == 0 ? new Sgd(decay) : new Momentum(momentum, decay, nesterov);
    Trajectory.assertFollows(
        optimizer, start -> new ExactMomentum(start, momentum, weightDecay, nesterov));
  }

  /** Momentum as torch.optim.SGD documents it, in double precision throughout. */
  private static final class ExactMomentum implements Trajectory.Exact {
    private final double momentum;
    private final double weightDecay;
    private final boolean nesterov;
    private double weight;
    private double weightError;
    private double velocity;
    private double velocityError;

    ExactMomentum(double start, double momentum, double weightDecay, boolean nesterov) {
      this.weight = start;
      this.momentum = momentum;
      this.weightDecay = weightDecay;
      this.nesterov = nesterov;
    }

    @Override
    public void update(double gradient, double learningRate, int step) {
      double penalised = gradient + weightDecay * weight;
      double penalisedError = weightDecay * weightError;
      velocity = momentum * velocity + penalised;
      velocityError = momentum * velocityError + penalisedError;
      if (nesterov) {
        weight -= learningRate * (penalised + momentum * velocity);
        weightError += learningRate * (penalisedError + momentum * velocityError);
      } else {
        weight -= learningRate * velocity;
        weightError += learningRate * velocityError;
      }
      velocityError += Trajectory.ROUNDING * Math.abs(velocity);
      weightError += Trajectory.ROUNDING * Math.abs(weight);
    }

    @Override
    public double weight() {
      return weight;
    }

    @Override
    public double errorBound() {
      return weightError;
    }
  }

  private static double geometric(double ratio, int terms) {
    return ratio * (1 - Math.pow(ratio, terms)) / (1 - ratio);
  }

  private static double square(double value) {
    return value * value;
  }
}
