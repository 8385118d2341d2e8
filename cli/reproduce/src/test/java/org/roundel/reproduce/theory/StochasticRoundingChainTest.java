package org.roundel.reproduce.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.InvalidInputException;

/**
 * Stochastic rounding's exact law on the toy problem of Li et al. 2017 with noise 2 and spacing
 * 0.5. The numbers it is held to were computed by an independent program (dense eigenvectors), and
 * a value agrees if it is within half a unit of the last digit given.
 */
class StochasticRoundingChainTest {
  private static final PiecewiseQuadratic PAPER = PiecewiseQuadratic.paper();
  private static final double SPACING = .5;
  private static final double NOISE = 2;

  @ParameterizedTest
  @CsvSource({
    "1, 2.6507, 2.690, .0005",
    ".1, .4210, .5404, .00005",
    ".01, .4156, .5311, .00005",
    ".001, .4156, .5311, .00005"
  })
  void stationaryLawHasTheKnownMeanAndDeviation(
      double rate, double objective, double deviation, double halfUnit) {
    WeightGrid grid = grid(rate);
    double[] law = exact(grid, rate).stationaryLaw();
    assertThat(grid.mean(law, PAPER::value)).isCloseTo(objective, within(.00005));
    assertThat(deviation(grid, law)).isCloseTo(deviation, within(halfUnit));
  }

  @Test
  void limitHasTheKnownMasses() {
    WeightGrid grid = grid(.01);
    double[] law = StochasticRoundingChain.limit(PAPER, grid, NOISE).stationaryLaw();
    assertThat(mass(grid, law, 4.5)).isCloseTo(.3637, within(.00005));
    assertThat(mass(grid, law, 5)).isCloseTo(.3637, within(.00005));
    assertThat(mass(grid, law, 4)).isCloseTo(.1182, within(.00005));
    assertThat(mass(grid, law, 5.5)).isCloseTo(.1182, within(.00005));
    assertThat(grid.mean(law, PAPER::value)).isCloseTo(.4156, within(.00005));
    assertThat(deviation(grid, law)).isCloseTo(.5311, within(.00005));
    // Theorem 5: positive on every state.
    for (double share : law) {
      assertThat(share).isPositive();
    }
  }

  /** Theorem 5: the laws approach the limit's, which T̃'s free factor does not change. */
  @Test
  void lawsApproachTheLimit() {
    assertThat(toLimit(1)).isCloseTo(.715, within(.0005));
    assertThat(toLimit(.1)).isCloseTo(.0064, within(.00005));
    assertThat(toLimit(.01)).isLessThan(1e-4);
    WeightGrid grid = grid(.01);
    MarkovChain limit = StochasticRoundingChain.limit(PAPER, grid, NOISE);
    assertThat(limit.scaled(.01).stationaryLaw())
        .containsExactly(limit.stationaryLaw(), within(1e-13));
  }

  /** Theorem 6: mixing takes ever longer, in proportion to 1/α. */
  @ParameterizedTest
  @CsvSource({".1, 301", ".01, 3095", ".001, 30958", ".0001, 309598"})
  void mixingTimesAreKnown(double rate, long steps) {
    WeightGrid grid = grid(rate);
    Mixing mixing = new Mixing(exact(grid, rate));
    assertThat(mixing.time(.05, grid.indicesWithin(-2, 8))).hasValue(steps);
  }

  @Test
  void rateTimesMixingTimeApproachesAConstant() {
    double rate = 1e-5;
    WeightGrid grid = grid(rate);
    double product =
        rate * new Mixing(exact(grid, rate)).time(.05, grid.indicesWithin(-2, 8)).orElseThrow();
    assertThat(product).isCloseTo(30.96, within(.005));
  }

  /** As in the independent program: the weights -30·0.5 to 30·0.5, or twice as many. */
  @ParameterizedTest
  @ValueSource(ints = {30, 60})
  void rowsAreLawsWhoseEndsTakeWhatLeaves(int reach) {
    WeightGrid grid = new WeightGrid(SPACING, -reach, reach);
    for (double rate : new double[] {1, .1, .001}) {
      MarkovChain chain = exact(grid, rate);
      for (int from = 0; from < grid.size(); from++) {
        double sum = 0;
        for (int to = 0; to < grid.size(); to++) {
          assertThat(chain.probability(from, to)).isBetween(0.0, 1.0);
          sum += chain.probability(from, to);
        }
        assertThat(sum).isCloseTo(1, within(1e-14));
      }
    }
  }

  /**
   * The transition law without its closed form: the tent and the ramps of stochastic rounding,
   * integrated against the normal density piece by piece with Simpson's rule.
   */
  @ParameterizedTest
  @CsvSource({"1, 2", ".1, 2", ".01, 2", ".1, .5", ".3, 0.05"})
  void closedFormIsTheIntegralOfTheRounding(double rate, double noise) {
    WeightGrid grid = new WeightGrid(SPACING, -4, 14);
    MarkovChain chain = StochasticRoundingChain.exact(PAPER, grid, rate, noise);
    for (int from = 0; from < grid.size(); from++) {
      double mean = grid.weight(from) - rate * PAPER.derivative(grid.weight(from));
      for (int to = 0; to < grid.size(); to++) {
        double expected = integral(grid, to, mean, rate * noise);
        // Simpson's error is (length/n)^4/180 times the fourth derivative's integral, that is by a
        // share of (part/deviation)^4/180: below 1e-11 for parts of a 200th of the deviation, or of
        // a 60th where that is 0.015.
        assertThat(chain.probability(from, to))
            .as("from %s to %s", grid.weight(from), grid.weight(to))
            .isCloseTo(expected, within(1e-10));
      }
    }
  }

  private static double integral(WeightGrid grid, int to, double mean, double deviation) {
    double sum = 0;
    double weight = grid.weight(to);
    int parts = Math.min(2000, 2 * (int) Math.ceil(100 * grid.spacing() / deviation));
    // Cells of a spacing each, so that every kink is an end of one; 40 of them hold the mass.
    for (int cell = -40; cell < 40; cell++) {
      double low = weight + cell * grid.spacing();
      // A cell that lies nine deviations off has less than 1e-17 of it.
      double middle = low + grid.spacing() / 2;
      if (Math.abs(middle - mean) > grid.spacing() / 2 + 9 * deviation) {
        continue;
      }
      double width = grid.spacing() / parts;
      for (int part = 0; part <= parts; part++) {
        double v = low + part * width;
        double t = (v - mean) / deviation;
        double density = Math.exp(-t * t / 2) / (Math.sqrt(2 * Math.PI) * deviation);
        int simpson = part == 0 || part == parts ? 1 : 2 + 2 * (part % 2);
        sum += simpson * width / 3 * density * share(grid, to, v);
      }
    }
    return sum;
  }

  /** Returns how likely rounding, and then the ends, take v to a weight of the grid. */
  private static double share(WeightGrid grid, int to, double v) {
    boolean takesBelow = to == 0 && v < grid.weight(to);
    boolean takesAbove = to == grid.size() - 1 && v > grid.weight(to);
    if (takesBelow || takesAbove) {
      return 1;
    }
    return Math.max(0, 1 - Math.abs(v - grid.weight(to)) / grid.spacing());
  }

  @Test
  void withoutNoiseRoundingIsAllThatIsRandom() {
    WeightGrid grid = new WeightGrid(SPACING, 0, 12);
    MarkovChain chain = StochasticRoundingChain.exact(PAPER, grid, .1, 0);
    // From 4.5 the step is 0.1·2·0.25 = 0.05 to the right, a tenth of the spacing.
    assertThat(chain.probability(9, 10)).isCloseTo(.1, within(1e-14));
    assertThat(chain.probability(9, 9)).isCloseTo(.9, within(1e-14));
    assertThatThrownBy(chain::stationaryLaw)
        .hasMessageContaining("{0.0} or {2.5} or {4.5, 5.0} once it is there");
  }

  @Test
  void moveProbabilitiesAreAccurateAtTinyRates() {
    double rate = 1e-9;
    WeightGrid grid = new WeightGrid(SPACING, 0, 12);
    MarkovChain exact = exact(grid, rate);
    for (int from = 1; from < 12; from++) {
      // With steps that small only neighbours are reached, with probability E(αg)⁺/Δ.
      double move = -PAPER.derivative(grid.weight(from));
      double up = rate * StandardNormal.positivePart(move, NOISE) / SPACING;
      assertThat(exact.probability(from, from + 1) / up).isCloseTo(1, within(1e-13));
    }
  }

  @Test
  void refusesWhatHasNoUsableLaw() {
    assertThatThrownBy(() -> StochasticRoundingChain.wideGrid(PAPER, .001, .1, 2))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("more than the 801 grid points allowed");
    assertThatThrownBy(() -> StochasticRoundingChain.wideGrid(PAPER, .5, .1, -1))
        .hasMessageContaining("noise is -1.0");
    assertThatThrownBy(() -> StochasticRoundingChain.wideGrid(PAPER, .5, 1.1, 2))
        .hasMessageContaining("the rate 1.1 makes training this objective diverge");
    assertThatThrownBy(() -> StochasticRoundingChain.wideGrid(PAPER, 0, .1, 2))
        .hasMessageContaining("spacing is 0.0");
  }

  private static WeightGrid grid(double rate) {
    return StochasticRoundingChain.wideGrid(PAPER, SPACING, rate, NOISE);
  }

  private static MarkovChain exact(WeightGrid grid, double rate) {
    return StochasticRoundingChain.exact(PAPER, grid, rate, NOISE);
  }

  private static double toLimit(double rate) {
    WeightGrid grid = grid(rate);
    return Mixing.totalVariation(
        exact(grid, rate).stationaryLaw(),
        StochasticRoundingChain.limit(PAPER, grid, NOISE).stationaryLaw());
  }

  private static double mass(WeightGrid grid, double[] law, double weight) {
    return law[grid.indicesWithin(weight, weight)[0]];
  }

  private static double deviation(WeightGrid grid, double[] law) {
    double mean = grid.mean(law, w -> w);
    return Math.sqrt(grid.mean(law, w -> (w - mean) * (w - mean)));
  }
}
