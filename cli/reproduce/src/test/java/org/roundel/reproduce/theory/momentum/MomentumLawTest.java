package org.roundel.reproduce.theory.momentum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.api.InvalidInputException;
import org.roundel.reproduce.theory.MarkovChain;
import org.roundel.reproduce.theory.StochasticRoundingChain;
import org.roundel.reproduce.theory.WeightGrid;

/** The exact law of weight and velocity. */
class MomentumLawTest {
  private static final NoisyQuadratic USUAL = new NoisyQuadratic(1, .3, 1, 4);

  private static MomentumLaw law(double rate, double momentum) {
    return MomentumLaw.of(new MomentumSettings(USUAL, rate, momentum));
  }

  /** Without momentum the weight alone is a chain, whose law has a closed form. */
  @ParameterizedTest
  @CsvSource({"0.01, 2e-5", "0.1, 1e-3"})
  void withoutMomentumIsTheLawOfTheWeightsOwnChain(double rate, double share) {
    MomentumLaw law = law(rate, 0);
    double[] exact =
        StochasticRoundingChain.exact(USUAL.objective(), law.grid(), rate, 4).stationaryLaw();
    double expected = law.grid().mean(exact, w -> (w - .3) * (w - .3));
    assertThat(law.meanSquare()).isCloseTo(expected, within(share * expected));
    assertThat(law.shares()).containsExactly(exact, within(share));
  }

  /** The iteration against elimination of the whole matrix, state by state. */
  @Test
  void theIterationFindsTheChainsStationaryLaw() {
    MomentumSettings settings = new MomentumSettings(USUAL.withNoise(1), .2, .5);
    VelocityChain chain = new VelocityChain(settings, new WeightGrid(1, -3, 4), .3, 12);
    double[][] rows = new double[chain.size()][chain.size()];
    for (int state = 0; state < chain.size(); state++) {
      rows[state][state] = 1;
      chain.advance(rows[state]);
    }
    double[] eliminated = MarkovChain.of(rows).stationaryLaw();
    assertThat(new LawIteration(chain, 5).run()).containsExactly(eliminated, within(1e-9));
  }

  /** The balance of moments is derived without any chain. */
  @ParameterizedTest
  @CsvSource({"0.01, 0", "0.001, 0.5", "0.01, 0.9", "0.01, 0.99"})
  void hasTheFloorThatTheBalanceOfMomentsSays(double rate, double momentum) {
    MomentumLaw law = law(rate, momentum);
    assertThat(law.meanSquare())
        .isCloseTo(law.balancedMeanSquare(), within(1e-6 * law.meanSquare()));
    double c = 1;
    double left = law.velocitySquare() * (1 + momentum + rate * momentum * c);
    double right = (1 + momentum) * c * law.meanUpdate() / 2 + (1 - momentum) * 16;
    assertThat(left).isCloseTo(right, within(1e-6 * right));
  }

  @ParameterizedTest
  @CsvSource({"0.9, 2e-5", "0.99, 1e-6"})
  void aFinerGridOfVelocitiesChangesNothing(double momentum, double share) {
    MomentumSettings settings = new MomentumSettings(USUAL, .01, momentum);
    double usual = MomentumLaw.of(settings).meanSquare();
    assertThat(MomentumLaw.of(settings, 2).meanSquare()).isCloseTo(usual, within(share * usual));
  }

  @ParameterizedTest
  @CsvSource({"0.5", "0.9"})
  void actsAsALargerBatchWhereItForgetsBeforeTheNextMove(double momentum) {
    MomentumLaw law = law(.001, momentum);
    double factor = law.settings().batchFactor();
    double batch = LazyLaw.of(USUAL.ofBatch(factor), UpdateRule.GRADIENT).meanSquare();
    assertThat(law.overshoot()).isBetween(0.0, .03);
    assertThat(law.meanSquare() / batch - 1).isBetween(0.0, law.overshoot());
  }

  @Test
  void outlivesTheTimeBetweenMovesAtALargerRate() {
    MomentumLaw law = law(.01, .99);
    double batch = LazyLaw.of(USUAL.ofBatch(199), UpdateRule.GRADIENT).meanSquare();
    assertThat(law.overshoot()).isGreaterThan(1);
    assertThat(law.meanSquare()).isGreaterThan(1.9 * batch);
  }

  /** The unit of the weight is anyone's choice, and so is that of the objective. */
  @Test
  void scalesWithItsUnits() {
    NoisyQuadratic scaled = new NoisyQuadratic(3, .3 * 2, 2, 4 * 3 * 2);
    MomentumLaw law = MomentumLaw.of(new MomentumSettings(scaled, .01 / 3, .9));
    assertThat(law.meanSquare()).isCloseTo(4 * law(.01, .9).meanSquare(), within(1e-7));
  }

  @Test
  void refusesWhatItCannotCompute() {
    assertThatThrownBy(() -> MomentumLaw.of(new MomentumSettings(USUAL.withNoise(0), .01, .9)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("noise is 0");
    assertThatThrownBy(() -> MomentumLaw.of(new MomentumSettings(USUAL.withNoise(.01), .01, .9999)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("use less momentum");
    assertThatThrownBy(() -> new MomentumSettings(USUAL, .01, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("the momentum is 1.0; allowed: 0 to 0.9999");
    assertThatThrownBy(() -> new MomentumSettings(USUAL, 1.5, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the rate is 1.5; allowed: 1e-9 to 1 divided by the curvature");
  }
}
