package org.roundel.bop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.api.Chunks;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.Tensors;
import org.roundel.api.model.ParameterPlace;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.quantizer.Grid;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.api.training.Moment;
import org.roundel.api.training.StateArrays;
import org.roundel.kit.probe.GuardedTensor;

class BopTest {
  private static final long SEED = 1906;
  private static final Grid SIGNS = Grid.binary(1);

  @Test
  void aWeightFlipsWhereTheAverageHasItsSignAndExceedsTheThreshold() {
    // With γ = 1 the average is the gradient.
    Run run = new Run(new Bop(SIGNS, 1, 1, 0.5, 0), 1, 1, -1, -1, 1, -1, 1, -1);
    run.update(0.5, 0.6f, -0.6f, -0.6f, 0.6f, 0.5f, -0.5f, 0, -0f);
    assertThat(run.weights()).containsExactly(-1, 1, 1, -1, 1, -1, 1, -1);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 0.05", "0.25, 0", "0.25, 0.05"})
  void followsThePrintedRecursion(double scale, double sigma) {
    int count = Chunks.LENGTH + 37;
    double gamma = 0.03;
    double threshold = sigma == 0 ? 0.02 : 0.1;
    RandomSource random = RandomSource.of(SEED, RandomPurpose.MODEL, 0);
    float[] start = new float[count];
    double[] weights = new double[count];
    double[] mean = new double[count];
    double[] squares = new double[count];
    for (int index = 0; index < count; index++) {
      weights[index] = random.uniform(index) < 0.5 ? -scale : scale;
      start[index] = (float) weights[index];
    }
    Run run = new Run(new Bop(Grid.binary(scale), gamma, 1, threshold, sigma), start);
    int flips = 0;
    int undecided = 0;
    for (int step = 1; step <= 40; step++) {
      float[] gradients = new float[count];
      for (int index = 0; index < count; index++) {
        gradients[index] = (float) (0.1 * random.normal((long) step * count + index));
      }
      run.update(step / 40.0, gradients);
      for (int index = 0; index < count; index++) {
        double gradient = gradients[index];
        mean[index] = (1 - gamma) * mean[index] + gamma * gradient;
        squares[index] = (1 - sigma) * squares[index] + sigma * gradient * gradient;
        double signal =
            sigma == 0 ? mean[index] : mean[index] / (Math.sqrt(squares[index]) + 1e-10);
        boolean near = Math.abs(Math.abs(signal) - threshold) < 1e-6 * threshold;
        undecided += near ? 1 : 0;
        if (Math.abs(signal) > threshold && Math.signum(signal) == Math.signum(weights[index])) {
          weights[index] = -weights[index];
          flips++;
        }
      }
    }
    assertThat(undecided).as("too near to the threshold for float32").isLessThan(3);
    assertThat(flips).isGreaterThan(count / 10);
    float[] found = run.weights();
    int different = 0;
    for (int index = 0; index < count; index++) {
      different += found[index] == (float) weights[index] ? 0 : 1;
    }
    assertThat(different).as("seed %d", SEED).isLessThanOrEqualTo(undecided);
  }

  @Test
  void theAverageIsTheClosedFormOfAConstantGradient() {
    Run run = new Run(new Bop(SIGNS, 0.01, 1, 1e6, 0), 1, -1);
    for (int step = 0; step < 200; step++) {
      run.update(0.5, 3f, -0.25f);
    }
    double share = 1 - Math.pow(0.99, 200);
    assertThat((double) run.average(0)).isCloseTo(3 * share, within(1e-5));
    assertThat((double) run.average(1)).isCloseTo(-0.25 * share, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.1", "0.5, 0.01", "1, 0.001"})
  void gammaFallsGeometricallyOverTheRun(double progress, double expected) {
    Run run = new Run(new Bop(SIGNS, 0.1, 0.01, 1e6, 0), 1);
    run.update(progress, 1f);
    assertThat((double) run.average(0)).isCloseTo(expected, within(1e-8));
  }

  @Test
  void theSecondOrderIgnoresTheSizeOfGradients() {
    // After one update m/√v is γ/√σ = 0.5 whatever the gradient is.
    for (float size : new float[] {1e-6f, 1, 1e6f}) {
      for (double threshold : new double[] {0.49, 0.51}) {
        Run run = new Run(new Bop(SIGNS, 0.05, 1, threshold, 0.01), 1);
        run.update(0.5, size);
        assertThat(run.weights()).containsExactly(threshold < 0.5 ? -1 : 1);
      }
    }
  }

  @Test
  void weightsStartAsFairCoinsAndOthersAreRoundedFirst() {
    int count = 100_000;
    GuardedTensor weights = GuardedTensor.of(new float[count], count, 1);
    Run run = new Run(new Bop(SIGNS, 1, 1, 0.5, 0), new float[count]);
    run.quantizer.initialize(weights.tensor(), run.context(0));
    int positive = 0;
    for (float weight : weights.values()) {
      assertThat(Math.abs(weight)).isEqualTo(1);
      positive += weight > 0 ? 1 : 0;
    }
    assertThat((double) positive / count)
        .as("seed %d", SEED)
        .isCloseTo(0.5, within(5 * 0.5 / Math.sqrt(count)));

    Run other = new Run(new Bop(SIGNS, 1, 1, 0.5, 0), 0.3f, -0.2f, -0f, Float.NaN, 7f);
    other.update(0.5, 0, 0, 0, 0, 1);
    assertThat(other.weights()).containsExactly(1, -1, 1, Float.NaN, -1);
  }

  @Test
  void sigmaIsForTheSecondOrderOnly() {
    BopFactory factory = new BopFactory();
    assertThatThrownBy(() -> factory.create(Options.of(factory.options(), Map.of("sigma", "0.1"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("set order=second");
  }

  /** One parameter of as many channels as weights. */
  private static final class Run {
    private final Bop quantizer;
    private final StateArrays state;
    private float[] weights;

    Run(Bop quantizer, float... weights) {
      this.quantizer = quantizer;
      this.weights = weights;
      this.state = StateArrays.allocate(quantizer.stateArrays(), weights.length, 1);
    }

    void update(double progress, float... gradients) {
      GuardedTensor values = GuardedTensor.of(weights, weights.length, 1);
      GuardedTensor gradient = GuardedTensor.of(gradients, weights.length, 1);
      quantizer.gradient(values.tensor(), gradient.tensor(), context(progress));
      values.assertUnchanged(weights);
      gradient.assertUnchanged(gradients);
      quantizer.afterUpdate(values.tensor(), context(progress));
      weights = values.values();
    }

    float[] weights() {
      return weights;
    }

    float average(int index) {
      return Tensors.floats(state.values("average")).get(index);
    }

    QuantizationContext context(double progress) {
      return new QuantizationContext(
          new ParameterPlace("conv/weight", ParameterRole.CONVOLUTION_WEIGHT, 0, 1),
          state,
          new Moment(1, 1, progress, 0.1, 1),
          false,
          RandomSource.of(SEED, RandomPurpose.QUANTIZE, 1));
    }
  }
}
