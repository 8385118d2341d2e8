package org.roundel.reproduce.theory.convex;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

class RoundingTest {
  private static final long SEED = 7;

  @ParameterizedTest
  @CsvSource({
    "0.2, 1, 0",
    "0.5, 1, 1",
    "-0.5, 1, -1",
    "-0.49, 1, 0",
    "0.26, 0.25, 0.25",
    "-1.4, 0.5, -1.5"
  })
  void nearestGoesHalfAwayFromZero(double weight, double delta, double expected) {
    assertThat(Rounding.nearest(weight, delta)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0.2, 1", "-0.93, 0.5", "0.0625, 0.25", "3.14, 0.1", "-0.001, 0.125"})
  void stochasticHasTheMeanAndVarianceOfItsFormula(double weight, double delta) {
    RandomStream random = random();
    int count = 400_000;
    double share = weight / delta - Math.floor(weight / delta);
    double low = delta * Math.floor(weight / delta);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double rounded = Rounding.stochastic(weight, delta, random.nextUniform());
      assertThat(rounded == low || Math.abs(rounded - low - delta) < 1e-12).isTrue();
      sum += rounded - weight;
      squares += (rounded - weight) * (rounded - weight);
    }
    double variance = delta * delta * share * (1 - share);
    // Five standard errors of a mean of n numbers with this variance; the square takes one of
    // two values that differ by delta^2 |1 - 2q|.
    assertThat(Math.abs(sum / count))
        .as("seed %d", SEED)
        .isLessThan(5 * Math.sqrt(variance / count));
    double ofSquares = delta * Math.abs(1 - 2 * share) * Math.sqrt(variance / count);
    assertThat(Math.abs(squares / count - variance))
        .as("seed %d", SEED)
        .isLessThan(5 * ofSquares + 1e-12);
  }

  @Test
  void whatLiesOnTheGridStays() {
    RandomStream random = random();
    for (double delta : new double[] {1, 0.5, 0.1, 1.0 / 3, 0.7}) {
      for (int multiple = -1_000; multiple <= 1_000; multiple++) {
        double weight = delta * multiple;
        for (double uniform : new double[] {0x1p-33, 1 - 0x1p-33, random.nextUniform()}) {
          assertThat(Rounding.stochastic(weight, delta, uniform))
              .as("%s times %s at %s", multiple, delta, uniform)
              .isEqualTo(weight);
        }
      }
    }
  }

  private static RandomStream random() {
    return new RandomStream(RandomSource.of(SEED, RandomPurpose.QUANTIZE, 0));
  }
}
