package org.roundel.reproduce.theory.momentum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

/** The simulation beside the exact laws. */
class MomentumSimulationTest {
  private static final NoisyQuadratic USUAL = new NoisyQuadratic(1, .3, 1, 4);

  private static RandomSource random(int stream) {
    return RandomSource.of(17, RandomPurpose.MODEL, 0).forTensor(stream);
  }

  @ParameterizedTest
  @CsvSource({"0.01, 0", "0.1, 0", "0.01, 0.9", "0.05, 0.9", "0.01, 0.99"})
  void followsTheExactLaw(double rate, double momentum) {
    MomentumSettings settings = new MomentumSettings(USUAL, rate, momentum);
    MomentumLaw law = MomentumLaw.of(settings);
    MomentumSimulation.Means means =
        MomentumSimulation.run(settings, UpdateRule.GRADIENT, 2_000_000, random(1));
    assertThat(means.meanSquareError()).isLessThan(.02 * law.meanSquare());
    assertThat(means.meanSquare()).isCloseTo(law.meanSquare(), within(5 * means.meanSquareError()));
    assertThat(means.meanUpdate()).isCloseTo(law.meanUpdate(), within(.02 * law.meanUpdate()));
    if (rate == .01) {
      // No update is longer than a spacing, so each moves with probability α|v|/Δ.
      assertThat(means.moves()).isCloseTo(.01 * law.meanUpdate(), within(.03 * means.moves()));
    }
  }

  @Test
  void followsTheLawOfSigns() {
    MomentumSettings settings = new MomentumSettings(USUAL, .01, 0);
    MomentumSimulation.Means means =
        MomentumSimulation.run(settings, UpdateRule.SIGN, 2_000_000, random(2));
    double expected = LazyLaw.of(USUAL, UpdateRule.SIGN).meanSquare();
    assertThat(means.meanSquare()).isCloseTo(expected, within(5 * means.meanSquareError()));
    assertThat(means.meanUpdate()).isEqualTo(1);
  }

  /** Independent simulations tell the spread that the stretches of one are to tell. */
  @Test
  void knowsItsStandardError() {
    MomentumSettings settings = new MomentumSettings(USUAL, .02, .9);
    int runs = 40;
    double sum = 0;
    double squares = 0;
    double claimed = 0;
    for (int run = 0; run < runs; run++) {
      MomentumSimulation.Means means =
          MomentumSimulation.run(settings, UpdateRule.GRADIENT, 100_000, random(10 + run));
      sum += means.meanSquare();
      squares += means.meanSquare() * means.meanSquare();
      claimed += means.meanSquareError() * means.meanSquareError() / runs;
    }
    double variance = (squares - sum * sum / runs) / (runs - 1);
    // χ² with 39 degrees of freedom: within 0.4 and 2 of its mean but for one time in 10^4.
    assertThat(variance / claimed).isBetween(.4, 2.0);
  }

  @Test
  void sameRandomNumbersSameMeans() {
    MomentumSettings settings = new MomentumSettings(USUAL, .01, .9);
    MomentumSimulation.Means first =
        MomentumSimulation.run(settings, UpdateRule.GRADIENT, 10_000, random(3));
    assertThat(MomentumSimulation.run(settings, UpdateRule.GRADIENT, 10_000, random(3)))
        .isEqualTo(first);
    assertThat(MomentumSimulation.run(settings, UpdateRule.GRADIENT, 10_000, random(4)))
        .isNotEqualTo(first);
  }
}
