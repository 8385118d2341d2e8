package org.roundel.reproduce.theory.convex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.roundel.reproduce.theory.convex.DescentMethod.BINARY_CONNECT_NEAREST;
import static org.roundel.reproduce.theory.convex.DescentMethod.BINARY_CONNECT_STOCHASTIC;
import static org.roundel.reproduce.theory.convex.DescentMethod.FULL_PRECISION;
import static org.roundel.reproduce.theory.convex.DescentMethod.STOCHASTIC_ROUNDING;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuantizedDescentTest {
  private static final long SEED = 3;

  /** F = (w − 0.2)²/2, Δ = 1, noise N(0, 0.5²), α = 1/(t+1), 4·10⁵ steps. */
  @Test
  void corollaryOneHoldsForStochasticRounding() {
    double last = cornerCase(BINARY_CONNECT_STOCHASTIC);
    // Under this step size w_r is the mean of 0.2 + noise, where the noise is the gradient's,
    // of variance 0.25, and the rounding's, of variance q(1 - q) with w_r's place q in its cell,
    // which settles at 0.2: 0.16. Four standard errors sqrt(0.41/4e5) = 0.00101.
    assertThat(Math.abs(last - 0.2)).as("seed %d", SEED).isLessThan(4 * 0.00101);
  }

  @Test
  void corollaryOneFailsForNearestRounding() {
    double last = cornerCase(BINARY_CONNECT_NEAREST);
    // Below 0.5 the gradient is -0.2 on average, above it 0.8, so w_r is driven to 0.5 from both
    // sides. Against the weaker drift, 0.2 α, and the noise, 0.25 α², its distance is exponential
    // with mean 0.25 α/(2·0.2) = 0.625 α, α = 2.5e-6; forty means are 6.3e-5.
    assertThat(Math.abs(last - 0.5)).as("seed %d", SEED).isLessThan(40 * 0.625 * 2.5e-6);
  }

  private static double cornerCase(DescentMethod method) {
    Quadratic objective = Quadratic.isotropic(new double[] {0.2}, 0.5);
    long[] end = {400_000};
    StepSize stepSize = StepSize.stronglyConvex(1);
    return QuantizedDescent.run(objective, method, 1, stepSize, new double[1], end, SEED).last()[0];
  }

  @ParameterizedTest
  @EnumSource(DescentMethod.class)
  void oneSeedGivesOneTrajectoryWhateverElseRuns(DescentMethod method) {
    LogisticRegression objective = Objectives.regression(SEED, 50, 6, 0.1, 2);
    long[] steps = RecordedSteps.logarithmic(500, 10);
    Trajectory alone = descend(objective, method, steps, SEED);
    descend(objective, method, steps, SEED + 1);
    Trajectory again = descend(objective, method, steps, SEED);
    assertThat(again).usingRecursiveComparison().isEqualTo(alone);
    assertThat(descend(objective, method, steps, SEED + 1).last()).isNotEqualTo(alone.last());
  }

  private static Trajectory descend(
      StochasticObjective objective, DescentMethod method, long[] steps, long seed) {
    StepSize stepSize = StepSize.inverseSquareRoot(0.1);
    double[] start = new double[objective.dimension()];
    return QuantizedDescent.run(objective, method, 0.25, stepSize, start, steps, seed);
  }

  /**
   * Ten steps written out with plain arithmetic, in another order: so a few rounding errors apart.
   */
  @ParameterizedTest
  @EnumSource(
      value = DescentMethod.class,
      names = {"FULL_PRECISION", "BINARY_CONNECT_NEAREST"})
  void withoutNoiseTheFormulasCanBeFollowedByHand(DescentMethod method) {
    Quadratic objective = new Quadratic(new double[] {0.3}, new double[] {2}, 0);
    long[] steps = {1, 2, 10};
    Trajectory trajectory =
        QuantizedDescent.run(
            objective, method, 0.5, StepSize.stronglyConvex(2), new double[] {1}, steps, SEED);
    double weight = 1;
    double sum = 0;
    for (int step = 1; step <= 10; step++) {
      sum += weight;
      double read = method == FULL_PRECISION ? weight : Math.rint(weight * 2) / 2;
      int at = step == 10 ? 2 : step - 1;
      if (step <= 2 || step == 10) {
        assertThat(trajectory.iterateError()[at])
            .isCloseTo(Math.pow(weight - 0.3, 2), within(1e-15));
        assertThat(trajectory.averageError()[at])
            .isCloseTo(Math.pow(sum / step - 0.3, 2), within(1e-15));
        assertThat(trajectory.quantizedError()[at])
            .isCloseTo(Math.pow(read - 0.3, 2), within(1e-15));
      }
      weight -= 2 * (read - 0.3) / (2.0 * (step + 1));
    }
    assertThat(trajectory.last()[0]).isCloseTo(weight, within(1e-15));
    assertThat(trajectory.distance()).isCloseTo(0.7, within(1e-15));
    assertThat(trajectory.gradientSquare()[0]).isCloseTo(Math.pow(2 * (1 - 0.3), 2), within(1e-15));
  }

  @Test
  void stochasticRoundingStaysOnItsGrid() {
    Quadratic objective = Quadratic.isotropic(Quadratic.spreadCenter(9), 1);
    long[] end = {1_000};
    StepSize stepSize = StepSize.stronglyConvex(1);
    double[] last =
        QuantizedDescent.run(
                objective, STOCHASTIC_ROUNDING, 0.25, stepSize, new double[9], end, SEED)
            .last();
    for (double weight : last) {
      assertThat(weight).isEqualTo(Math.rint(weight * 4) / 4);
    }
  }

  @Test
  void recordedStepsStartAtOneAndEndAtTheLast() {
    assertThat(RecordedSteps.logarithmic(1, 5)).containsExactly(1);
    assertThat(RecordedSteps.logarithmic(4, 50)).containsExactly(1, 2, 3, 4);
    long[] steps = RecordedSteps.logarithmic(1_000_000, 7);
    assertThat(steps).containsExactly(1, 10, 100, 1_000, 10_000, 100_000, 1_000_000);
  }

  @Test
  void impossibleArgumentsAreRefused() {
    Quadratic objective = Quadratic.isotropic(new double[2], 1);
    StepSize stepSize = StepSize.stronglyConvex(1);
    assertThatThrownBy(
            () ->
                QuantizedDescent.run(
                    objective,
                    STOCHASTIC_ROUNDING,
                    0,
                    stepSize,
                    new double[2],
                    new long[] {1},
                    SEED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("delta > 0");
    assertThatThrownBy(() -> StepSize.stronglyConvex(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
