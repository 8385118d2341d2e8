package org.roundel.reproduce.theory.momentum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The closed form. */
class MomentumFloorTest {
  private static final NoisyQuadratic USUAL = new NoisyQuadratic(1, .3, 1, 4);

  /** It solves both balances with E|v| = √(2/π)·√Ev². */
  @ParameterizedTest
  @CsvSource({"0.01, 0", "0.1, 0.5", "0.001, 0.99", "0.02, 0.999"})
  void solvesTheBalanceOfMoments(double rate, double momentum) {
    NoisyQuadratic problem = new NoisyQuadratic(2.5, -1, .5, 3);
    MomentumSettings settings = new MomentumSettings(problem, rate, momentum);
    MomentumFloor floor = MomentumFloor.ofNormalVelocity(settings);
    double e = floor.meanSquare();
    double v = floor.velocitySquare();
    assertThat(floor.meanUpdate()).isCloseTo(Math.sqrt(2 * v / Math.PI), within(1e-12));
    // E(w − w*)v before the move is ΔE|v|/2, after it less αEv².
    double before = problem.spacing() * floor.meanUpdate() / 2;
    double after = before - rate * v;
    double b = momentum;
    assertThat(b * after + (1 - b) * 2.5 * e).isCloseTo(before, within(1e-10));
    assertThat(b * b * v + 2 * b * (1 - b) * 2.5 * after + (1 - b) * (1 - b) * (6.25 * e + 9))
        .isCloseTo(v, within(1e-10));
  }

  @Test
  void isNearTheLawWhereTheNoiseIsLarge() {
    double closed =
        MomentumFloor.ofNormalVelocity(new MomentumSettings(USUAL, .01, 0)).meanSquare();
    double exact = LazyLaw.of(USUAL, UpdateRule.GRADIENT).meanSquare();
    assertThat(closed).isCloseTo(exact, within(1e-4 * exact));
  }

  @Test
  void aBatchTwiceAsLargeLowersItByTheRootOfTwoWhereNoiseRules() {
    NoisyQuadratic loud = USUAL.withNoise(4000);
    double one = LazyLaw.of(loud, UpdateRule.GRADIENT).meanSquare();
    double two = LazyLaw.of(loud.ofBatch(2), UpdateRule.GRADIENT).meanSquare();
    assertThat(one / two).isCloseTo(Math.sqrt(2), within(1e-3));
  }

  /** The velocity of N(0, 1) gradients has variance (1−β)² Σ β^2k. */
  @Test
  void theVelocitysNoiseIsThatOfTheBatch() {
    double variance = 0;
    for (int age = 0; age < 5000; age++) {
      variance += .01 * .01 * Math.pow(.99, 2 * age) * 16;
    }
    MomentumSettings settings = new MomentumSettings(USUAL, .01, .99);
    assertThat(settings.velocityNoise()).isCloseTo(Math.sqrt(variance), within(1e-12));
    assertThat(settings.batchFactor()).isCloseTo(199, within(1e-9));
    assertThat(USUAL.ofBatch(settings.batchFactor()).noise())
        .isCloseTo(settings.velocityNoise(), within(1e-12));
  }
}
