package org.roundel.stochasticrounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.quantizer.Grid;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.kit.probe.GuardedTensor;

class StochasticRoundingTest {
  private static final long SEED = 1706;
  private static final int SIZE = 200_000;

  @ParameterizedTest
  @ValueSource(doubles = {-0.99, -0.7, -0.125, 0, 0.01, 0.3, 0.9})
  void isUnbiasedWithTheVarianceOfTheFormula(double value) {
    double delta = 0.25;
    float weight = (float) value;
    double fraction = weight / delta - Math.floor(weight / delta);
    double variance = delta * delta * fraction * (1 - fraction);

    double sum = 0;
    double sumOfSquares = 0;
    for (float rounded : rounded(Grid.fixedPoint(delta, -1, 1), weight, 1)) {
      double error = (double) rounded - weight;
      sum += error;
      sumOfSquares += error * error;
    }

    double standardError = Math.sqrt(variance / SIZE);
    assertThat(sum / SIZE).as("mean, seed %d", SEED).isCloseTo(0, within(5 * standardError));
    // E e^4 = delta^4 q (1-q) (1 - 3q + 3q^2) for the two-point error, so this is the variance of
    // e^2.
    double fourth =
        Math.pow(delta, 4)
            * fraction
            * (1 - fraction)
            * (1 - 3 * fraction + 3 * fraction * fraction);
    double standardErrorOfSquare = Math.sqrt((fourth - variance * variance) / SIZE);
    // At q = 1/2 every error has the same square, and only the summation's rounding is left.
    assertThat(sumOfSquares / SIZE)
        .as("variance, seed %d", SEED)
        .isCloseTo(variance, within(5 * standardErrorOfSquare + 1e-12));
  }

  /**
   * The documented loss: what comes here is float32, whose numbers just below 1 are 2^−24 apart.
   */
  @Test
  void aStepBelowHalfAUnitOfFloat32NeverFlips() {
    double almostOne = Math.nextDown(1.0);
    Grid grid = Grid.binary(1);
    assertThat(grid.stochastic((float) (1 - 0.99 * 0x1p-25), almostOne)).isEqualTo(1);
    assertThat(grid.stochastic((float) (1 - 1.01 * 0x1p-25), almostOne)).isEqualTo(-1);
    // One unit, 2^−24, flips with half that probability.
    assertThat(grid.stochastic((float) (1 - 0x1p-24), 1 - 1.01 * 0x1p-25)).isEqualTo(1);
    assertThat(grid.stochastic((float) (1 - 0x1p-24), 1 - 0.99 * 0x1p-25)).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.02",
    "1, 1",
    "1, 1.9",
    "1, 2.5",
    "1, -0.5",
    "-1, -0.02",
    "-1, -1.3",
    "-1, 0.7",
    "1, 0"
  })
  void aSignFlipsWithHalfOfStepTimesWeight(float weight, double step) {
    float tentative = (float) (weight - step);
    double expected = Math.max(0, Math.min(1, ((double) weight - tentative) * weight / 2));
    int flips = 0;
    for (float rounded : rounded(Grid.binary(1), tentative, 1)) {
      if (rounded != weight) {
        flips++;
      }
    }
    double standardError = Math.sqrt(expected * (1 - expected) / SIZE);
    // A probability of exactly 0 or 1 has no error at all.
    assertThat((double) flips / SIZE)
        .as("seed %d", SEED)
        .isCloseTo(expected, within(5 * standardError));
  }

  @Test
  void neighboursAndStepsAreIndependent() {
    float[] first = rounded(Grid.binary(1), 0f, 1);
    float[] second = rounded(Grid.binary(1), 0f, 2);
    double betweenNeighbours = 0;
    double betweenSteps = 0;
    for (int index = 1; index < SIZE; index++) {
      betweenNeighbours += first[index] * first[index - 1];
      betweenSteps += first[index] * second[index];
    }
    // Each product is +1 or -1 with equal chance.
    double bound = 5 / Math.sqrt(SIZE - 1.0);
    assertThat(betweenNeighbours / (SIZE - 1)).as("seed %d", SEED).isCloseTo(0, within(bound));
    assertThat(betweenSteps / (SIZE - 1)).as("seed %d", SEED).isCloseTo(0, within(bound));
  }

  @Test
  void startsFromEveryValueOfTheGridAlike() {
    Grid grid = Grid.fixedPoint(0.5, -1, 1);
    GuardedTensor weights = GuardedTensor.of(new float[SIZE], SIZE, 1);
    new StochasticRounding(grid).initialize(weights.tensor(), context(RandomPurpose.INITIALIZE, 0));
    float[] levels = grid.levels();
    int[] counts = new int[levels.length];
    for (float weight : weights.values()) {
      counts[Arrays.binarySearch(levels, weight)]++;
    }
    double share = 1.0 / levels.length;
    double standardError = Math.sqrt(share * (1 - share) / SIZE);
    for (int count : counts) {
      assertThat((double) count / SIZE)
          .as("seed %d", SEED)
          .isCloseTo(share, within(5 * standardError));
    }
  }

  private static float[] rounded(Grid grid, float tentative, long step) {
    float[] values = new float[SIZE];
    Arrays.fill(values, tentative);
    GuardedTensor weights = GuardedTensor.of(values, 100, SIZE / 100);
    new StochasticRounding(grid)
        .afterUpdate(weights.tensor(), context(RandomPurpose.QUANTIZE, step));
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
