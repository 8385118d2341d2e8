package org.roundel.reproduce.theory.momentum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.api.InvalidInputException;
import org.roundel.reproduce.theory.StochasticRoundingChain;

/** The limit of small rates, held against the other way to compute it and against hand work. */
class LazyLawTest {
  private static final NoisyQuadratic USUAL = new NoisyQuadratic(1, .3, 1, 4);

  @Test
  void withoutNoiseTheWeightIsOnTheMinimumsTwoNeighbours() {
    // Up from 0 at rate .3, down from 1 at rate .7: shares .7 and .3.
    LazyLaw law = LazyLaw.of(USUAL.withNoise(0), UpdateRule.GRADIENT);
    assertThat(law.meanSquare()).isCloseTo(.7 * .09 + .3 * .49, within(1e-15));
    assertThat(law.meanUpdate()).isCloseTo(.7 * .3 + .3 * .7, within(1e-15));
    // Signs go both ways at one rate.
    LazyLaw signs = LazyLaw.of(USUAL.withNoise(0), UpdateRule.SIGN);
    assertThat(signs.meanSquare()).isCloseTo((.09 + .49) / 2, within(1e-15));
  }

  /** The chain's matrix and its elimination know nothing of the ratios that this law is made of. */
  @ParameterizedTest
  @CsvSource({"1, 0.3, 1, 4", "2.5, -1.7, 0.5, 1", "0.1, 0, 2, 0.25"})
  void isTheLawOfTheLimitChain(double curvature, double minimum, double spacing, double noise) {
    NoisyQuadratic problem = new NoisyQuadratic(curvature, minimum, spacing, noise);
    LazyLaw law = LazyLaw.of(problem, UpdateRule.GRADIENT);
    double[] eliminated =
        StochasticRoundingChain.limit(problem.objective(), law.grid(), noise).stationaryLaw();
    assertThat(law.shares()).containsExactly(eliminated, within(1e-13));
  }

  @ParameterizedTest
  @CsvSource({"1, 0.3, 1, 4", "2.5, -1.7, 0.5, 1", "0.1, 0.2, 2, 0.01"})
  void theFloorIsTheMeanSizeOfAnUpdate(
      double curvature, double minimum, double spacing, double noise) {
    NoisyQuadratic problem = new NoisyQuadratic(curvature, minimum, spacing, noise);
    LazyLaw law = LazyLaw.of(problem, UpdateRule.GRADIENT);
    assertThat(law.meanSquare())
        .isCloseTo(spacing * law.meanUpdate() / (2 * curvature), within(1e-12));
  }

  /** E(w − w*)u = (Δ/2)E|u|, whatever makes the update. */
  @Test
  void signsAreInBalanceToo() {
    LazyLaw law = LazyLaw.of(USUAL, UpdateRule.SIGN);
    double product = 0;
    for (int index = 0; index < law.shares().length; index++) {
      double weight = law.grid().weight(index);
      double mean = UpdateRule.SIGN.down(USUAL, weight) - UpdateRule.SIGN.up(USUAL, weight);
      product += law.shares()[index] * (weight - .3) * mean;
    }
    assertThat(law.meanUpdate()).isCloseTo(1, within(1e-12));
    assertThat(product).isCloseTo(.5, within(1e-12));
  }

  /** Derived for noise that rules: E|u| is 1 against σ√(2/π), E(w−w*)u against the gradient's. */
  @Test
  void signsHaveAFloorHalfPiTimesAsHighWhereNoiseRules() {
    NoisyQuadratic loud = USUAL.withNoise(2000);
    double gradients = LazyLaw.of(loud, UpdateRule.GRADIENT).meanSquare();
    assertThat(gradients).isCloseTo(2000 / Math.sqrt(2 * Math.PI), within(.5));
    assertThat(LazyLaw.of(loud, UpdateRule.SIGN).meanSquare() / gradients)
        .isCloseTo(Math.PI / 2, within(1e-3));
  }

  @Test
  void refusesALawThatIsTooWide() {
    assertThatThrownBy(
            () -> LazyLaw.of(new NoisyQuadratic(.001, 0, .001, 1e6), UpdateRule.GRADIENT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("spreads over more than 100000 weights");
  }
}
