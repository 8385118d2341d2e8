package org.roundel.reproduce.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.InvalidInputException;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

class ToySimulationTest {
  private static final PiecewiseQuadratic PAPER = PiecewiseQuadratic.paper();
  private static final int MILLION = 1_000_000;

  /**
   * The known numbers are of one simulation of a million steps. So is each of 16 here, with a seed
   * of its own; their spread s is the known run's too, and its distance from their mean has
   * standard error s·√(1 + 1/16). Beyond 4.5 of these is a chance of 4 in 10,000 with 15 degrees of
   * freedom, and the seeds are fixed. To that comes half a unit of the last digit given.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 2.651, .0005, 2.691, .0005",
    ".1, .3248, .00005, .371, .0005",
    ".01, .2525, .00005, .250, .0005",
    ".001, .2526, .00005, .250, .0005"
  })
  void binaryConnectHasTheKnownMeanAndDeviation(
      double rate, double objective, double halfUnit, double deviation, double halfUnitOfIt) {
    int seeds = 16;
    double[] objectives = new double[seeds];
    double[] deviations = new double[seeds];
    for (int seed = 0; seed < seeds; seed++) {
      ToyResult result = run(rate, ToyMethod.BINARY_CONNECT_NEAREST, seed);
      objectives[seed] = result.meanObjective();
      deviations[seed] = result.deviation();
    }
    assertThat(mean(objectives))
        .as("seeds 0 to 15")
        .isCloseTo(objective, within(halfUnit + 4.5 * errorAgainstOne(objectives)));
    assertThat(mean(deviations))
        .as("seeds 0 to 15")
        .isCloseTo(deviation, within(halfUnitOfIt + 4.5 * errorAgainstOne(deviations)));
  }

  /**
   * Four standard errors by the exact chain's asymptotic variance. The start costs at most the
   * mixing time's worth of steps, 301/10^6 and 3095/10^6, of the far smaller difference of the
   * starting weight's mean from the law's; it is added.
   */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", ".1, 3", ".1, 4", ".01, 5", ".01, 6"})
  void stochasticRoundingFollowsItsExactLaw(double rate, long seed) {
    WeightGrid grid = StochasticRoundingChain.wideGrid(PAPER, .5, rate, 2);
    MarkovChain chain = StochasticRoundingChain.exact(PAPER, grid, rate, 2);
    double[] law = chain.stationaryLaw();
    ToyResult result = run(rate, ToyMethod.STOCHASTIC_ROUNDING, seed);
    double[] objective = new double[grid.size()];
    for (int index = 0; index < objective.length; index++) {
      objective[index] = PAPER.value(grid.weight(index));
    }
    check("E f", chain, law, objective, result.meanObjective(), seed);
    double[] shares = result.sharesOn(grid);
    for (double weight : new double[] {4, 4.5, 5, 5.5}) {
      int state = grid.indicesWithin(weight, weight)[0];
      double[] visit = new double[grid.size()];
      visit[state] = 1;
      check("share of " + weight, chain, law, visit, shares[state], seed);
    }
  }

  private static void check(
      String what, MarkovChain chain, double[] law, double[] function, double found, long seed) {
    double expected = 0;
    for (int state = 0; state < law.length; state++) {
      expected += law[state] * function[state];
    }
    double error = Math.sqrt(AsymptoticVariance.of(chain, law, function) / MILLION);
    assertThat(found)
        .as("%s, seed %d, standard error %s", what, seed, error)
        .isCloseTo(expected, within(4 * error + 1e-4));
  }

  /** Batch means against the exact standard error, where a stretch is long: 100 stretches. */
  @Test
  void standardErrorIsThatOfTheExactChain() {
    WeightGrid grid = StochasticRoundingChain.wideGrid(PAPER, .5, .1, 2);
    MarkovChain chain = StochasticRoundingChain.exact(PAPER, grid, .1, 2);
    double[] objective = new double[grid.size()];
    for (int index = 0; index < objective.length; index++) {
      objective[index] = PAPER.value(grid.weight(index));
    }
    double exact =
        Math.sqrt(AsymptoticVariance.of(chain, chain.stationaryLaw(), objective) / MILLION);
    double found = run(.1, ToyMethod.STOCHASTIC_ROUNDING, 1).meanObjectiveError();
    // An error of 99 degrees of freedom is off by 1/√198 = 7 %, so 28 % at four of these.
    assertThat(found / exact).isBetween(0.72, 1.28);
  }

  /** Both roundings of BinaryConnect settle as the rate falls; stochastic rounding does not. */
  @Test
  void binaryConnectSettlesAndStochasticRoundingDoesNot() {
    for (ToyMethod method : ToyMethod.values()) {
      ToyResult result = run(.01, method, 1);
      double nearest = result.sharesOn(new WeightGrid(.5, 9, 10))[0];
      nearest += result.sharesOn(new WeightGrid(.5, 9, 10))[1];
      if (method == ToyMethod.STOCHASTIC_ROUNDING) {
        assertThat(nearest).isBetween(.70, .76);
      } else {
        assertThat(nearest).isGreaterThan(.99);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ToyMethod.class)
  void sameSourceSameResult(ToyMethod method) {
    ToySettings settings = new ToySettings(PAPER, .5, .1, 2, 4, 54_321);
    ToyResult first = ToySimulation.run(settings, method, source(7));
    ToyResult second = ToySimulation.run(settings, method, source(7));
    assertThat(second.shares()).isEqualTo(first.shares());
    assertThat(second.grid()).isEqualTo(first.grid());
    assertThat(ToySimulation.run(settings, method, source(8)).shares())
        .isNotEqualTo(first.shares());
    double sum = 0;
    for (double share : first.shares()) {
      sum += share;
    }
    assertThat(sum).isCloseTo(1, within(1e-14));
  }

  /** Without noise, BinaryConnect with the nearest grid point can be followed by hand. */
  @Test
  void binaryConnectByHand() {
    // v = 4: f' = -1.5, v = 4.15 (4.0), 4.30 (4.5), then f' = -0.5: 4.35, 4.40, … (all 4.5).
    ToySettings settings = new ToySettings(PAPER, .5, .1, 0, 4, 4);
    ToyResult result = ToySimulation.run(settings, ToyMethod.BINARY_CONNECT_NEAREST, source(1));
    assertThat(result.grid()).isEqualTo(new WeightGrid(.5, 8, 9));
    assertThat(result.shares()).containsExactly(.25, .75);
    assertThat(result.meanWeight()).isEqualTo(4.375);
    assertThat(result.meanObjectiveError()).isNaN();
  }

  /** Halves go away from 0: −0.25 is nearer to −0.5 than the tie would say. */
  @Test
  void nearestRoundsHalvesAwayFromZero() {
    PiecewiseQuadratic flat = PiecewiseQuadratic.parse("1e-6*w^2");
    for (double start : new double[] {-.25, .25, -1.25}) {
      // A step of 10^-12 towards 0 leaves the start below half way: start a little beyond.
      ToySettings settings = new ToySettings(flat, .5, 1e-6, 0, start * (1 + 1e-9), 1);
      ToyResult result = ToySimulation.run(settings, ToyMethod.BINARY_CONNECT_NEAREST, source(1));
      assertThat(result.meanWeight()).isEqualTo(start + Math.signum(start) * .25);
    }
  }

  /** The rate 1 is allowed on the paper's objective: the weight swings, and stays near. */
  @ParameterizedTest
  @EnumSource(ToyMethod.class)
  void paperIsStableAtTheBorder(ToyMethod method) {
    assertThat(StepRange.greatestRate(PAPER)).isEqualTo(1);
    for (double noise : new double[] {0, 2}) {
      ToySettings settings = new ToySettings(PAPER, .5, 1, noise, 1000, 100_000);
      ToyResult result = ToySimulation.run(settings, method, source(3));
      // 1000 comes in by 9.5 in two steps: 211 swings, a thousandth of which is still seen.
      assertThat(result.grid().highest()).isLessThanOrEqualTo(2000);
      double far = 0;
      for (int index = 0; index < result.shares().length; index++) {
        far += Math.abs(result.grid().weight(index)) > 30 ? result.shares()[index] : 0;
      }
      assertThat(far).isLessThan(.003);
    }
  }

  /** The derived border is where simulated weights begin to run away. */
  @ParameterizedTest
  @ValueSource(strings = {"w^2", "0.5*w^2 if w<1; 2*(w-3)^2", "4*w^2 if w<0; (w-1)^2"})
  void ratesAreStableBelowTheBorderOnly(String text) {
    PiecewiseQuadratic objective = PiecewiseQuadratic.parse(text);
    double greatest = StepRange.greatestRate(objective);
    for (ToyMethod method : ToyMethod.values()) {
      ToySettings below = new ToySettings(objective, .125, .98 * greatest, 1, 100, 100_000);
      assertThat(ToySimulation.run(below, method, source(5)).deviation()).isLessThan(100);
    }
    // Two steps above the border by the update itself, without rounding.
    double weight = 100;
    for (int step = 0; step < 400; step++) {
      weight -= 1.02 * greatest * objective.derivative(weight);
    }
    assertThat(Math.abs(weight)).isGreaterThan(1000);
    assertThatThrownBy(() -> new ToySettings(objective, .125, 1.02 * greatest, 1, 1, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("diverge");
  }

  @Test
  void refusesSettingsOutOfRange() {
    refused("the rate is 0.0; allowed", .5, 0, 2, 4, 1);
    refused("the rate is NaN", .5, Double.NaN, 2, 4, 1);
    refused("the rate 1.5 makes training this objective diverge", .5, 1.5, 2, 4, 1);
    refused("at most 1.0", .5, 1.5, 2, 4, 1);
    refused("spacing is 0.0", 0, 1, 2, 4, 1);
    refused("spacing is NaN", Double.NaN, 1, 2, 4, 1);
    refused("spacing is -0.5", -.5, 1, 2, 4, 1);
    refused("noise is -1.0", .5, 1, -1, 4, 1);
    refused("noise is NaN", .5, 1, Double.NaN, 4, 1);
    refused("start is Infinity", .5, 1, 2, Double.POSITIVE_INFINITY, 1);
    refused("iterations is 0", .5, 1, 2, 4, 0);
    refused("iterations is 1000000001", .5, 1, 2, 4, 1_000_000_001);
    // The centres are 4.75 apart: with a wider spacing rounding may undo the drift inwards.
    refused("below 1.0", 5, 1, 2, 4, 1);
    assertThatThrownBy(() -> new ToySettings(PiecewiseQuadratic.parse("2*w^2"), .5, .5, 2, 4, 1))
        .hasMessageContaining("allowed: above 0, below 0.5");
  }

  @Test
  void refusesAWeightThatLeavesTheRange() {
    ToySettings settings = new ToySettings(PAPER, .5, .5, 1e9, 4, 1000);
    assertThatThrownBy(() -> ToySimulation.run(settings, ToyMethod.STOCHASTIC_ROUNDING, source(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("grid points from 0; allowed: less");
  }

  private static void refused(
      String message, double spacing, double rate, double noise, double start, long iterations) {
    assertThatThrownBy(() -> new ToySettings(PAPER, spacing, rate, noise, start, iterations))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  private static ToyResult run(double rate, ToyMethod method, long seed) {
    return ToySimulation.run(new ToySettings(PAPER, .5, rate, 2, 4, MILLION), method, source(seed));
  }

  private static RandomSource source(long seed) {
    return RandomSource.of(seed, RandomPurpose.MODEL, 0);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double errorAgainstOne(double[] values) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (values.length - 1) * (1 + 1.0 / values.length));
  }
}
