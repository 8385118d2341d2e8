package org.roundel.reproduce.theory.convex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.roundel.reproduce.theory.convex.DescentMethod.BINARY_CONNECT_NEAREST;
import static org.roundel.reproduce.theory.convex.DescentMethod.BINARY_CONNECT_STOCHASTIC;
import static org.roundel.reproduce.theory.convex.DescentMethod.STOCHASTIC_ROUNDING;

import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The bounds against runs, and both against F = ½‖w − c‖², c = linspace(−.93, .87, 64), noise of
 * length 1, α = 1/(t+1), 20,000 steps from 0.
 */
class ConvexBoundsTest {
  private static final int DIMENSION = 64;
  private static final long STEPS = 20_000;
  private static final int SEEDS = 20;
  private static final double[] DELTAS = {0.5, 0.25, 0.125, 0.0625};

  /** Simulated with other code, one seed; F of the average iterate. */
  private static final double[] ORACLE = {0.829, 0.344, 0.105, 0.062};

  private static final Quadratic QUADRATIC =
      Quadratic.isotropic(Quadratic.spreadCenter(DIMENSION), 1);
  private static final Trajectory[][] ROUNDING = new Trajectory[DELTAS.length][];
  private static final Trajectory[][] CONNECT = new Trajectory[DELTAS.length][];

  @BeforeAll
  static void run() {
    StepSize stepSize = StepSize.stronglyConvex(1);
    long[] steps = RecordedSteps.logarithmic(STEPS, 30);
    for (int i = 0; i < DELTAS.length; i++) {
      ROUNDING[i] = runs(QUADRATIC, STOCHASTIC_ROUNDING, DELTAS[i], stepSize, steps);
      CONNECT[i] = runs(QUADRATIC, BINARY_CONNECT_STOCHASTIC, DELTAS[i], stepSize, steps);
    }
  }

  /**
   * The oracle's one seed lies within five standard deviations of one seed from our mean, plus five
   * standard errors of the mean and the half unit it was rounded by.
   */
  @Test
  void stochasticRoundingStopsWhereTheOracleDoes() {
    for (int i = 0; i < DELTAS.length; i++) {
      double[] errors = finalErrors(ROUNDING[i]);
      double deviation = deviation(errors);
      double allowed = 5 * deviation + 5 * deviation / Math.sqrt(SEEDS) + 0.0005;
      assertThat(mean(errors)).as("delta %s", DELTAS[i]).isCloseTo(ORACLE[i], within(allowed));
    }
  }

  @Test
  void theFloorGrowsWithDelta() {
    for (int i = 1; i < DELTAS.length; i++) {
      double[] coarse = finalErrors(ROUNDING[i - 1]);
      double[] fine = finalErrors(ROUNDING[i]);
      double error = Math.hypot(deviation(coarse), deviation(fine)) / Math.sqrt(SEEDS);
      assertThat(mean(coarse) - mean(fine)).as("delta %s", DELTAS[i]).isGreaterThan(5 * error);
    }
  }

  /** No further from Δ·E‖∇f̃‖₁/8 than five standard errors and what T leaves of the transient. */
  @Test
  void theFloorIsTheDerivedOne() {
    for (int i = 0; i < DELTAS.length; i++) {
      double[] errors = finalErrors(ROUNDING[i]);
      double asymptote = 0;
      for (Trajectory each : ROUNDING[i]) {
        asymptote +=
            ConvexBounds.stochasticRoundingAsymptote(DELTAS[i], each.tailGradientSum()) / SEEDS;
      }
      // Noise averaged as without rounding: d·2(1/d)/(2T) = 1/T; start: log²T/T²·|c|²/2 < 3e-6.
      double expected = asymptote + 1.0 / STEPS;
      double allowed = 5 * deviation(errors) / Math.sqrt(SEEDS) + 3e-6;
      assertThat(mean(errors)).as("delta %s", DELTAS[i]).isCloseTo(expected, within(allowed));
      assertThat(mean(errors))
          .isGreaterThan(
              ConvexBounds.stochasticRoundingLowerBound(QUADRATIC.minimizer(), DELTAS[i], 1)
                  - allowed);
    }
  }

  /**
   * w_r is c plus the mean of T independent errors, of variance 1/d for the gradient and Δ²q(1−q)
   * for the rounding, per coordinate; its mean over t has twice the variance of a mean.
   */
  @Test
  void binaryConnectHasNoFloor() {
    for (int i = 0; i < DELTAS.length; i++) {
      double perStep = 1;
      for (double center : QUADRATIC.minimizer()) {
        double place = center / DELTAS[i] - Math.floor(center / DELTAS[i]);
        perStep += DELTAS[i] * DELTAS[i] * place * (1 - place);
      }
      double[] average = finalErrors(CONNECT[i]);
      double[] iterate = new double[SEEDS];
      for (int seed = 0; seed < SEEDS; seed++) {
        double[] errors = CONNECT[i][seed].iterateError();
        iterate[seed] = errors[errors.length - 1];
      }
      // Five standard errors; the transient is below 3e-6 as above.
      assertThat(mean(average))
          .as("average, delta %s", DELTAS[i])
          .isCloseTo(perStep / STEPS, within(5 * deviation(average) / Math.sqrt(SEEDS) + 3e-6));
      assertThat(mean(iterate))
          .as("iterate, delta %s", DELTAS[i])
          .isCloseTo(perStep / 2 / STEPS, within(5 * deviation(iterate) / Math.sqrt(SEEDS) + 3e-6))
          .isLessThan(1e-4);
    }
  }

  @Test
  void lemmaOneHolds() {
    for (Trajectory[] runs : ROUNDING) {
      for (Trajectory each : runs) {
        // A mean of 20,000 · 64 rounding errors; the bound has room beyond any chance.
        assertThat(each.roundingRatio()).isGreaterThan(0.1).isLessThan(1);
      }
    }
    assertThat(CONNECT[0][0].roundingRatio()).isZero();
  }

  @Test
  void theoremOneAndCorollaryOneHoldAtEveryRecordedStep() {
    for (int i = 0; i < DELTAS.length; i++) {
      double g = g(ROUNDING[i]);
      double floor = ConvexBounds.stochasticRoundingFloor(DIMENSION, DELTAS[i], g);
      assertBelow(ROUNDING[i], t -> ConvexBounds.stronglyConvexRate(g, 1, t) + floor);
      double connectG = g(CONNECT[i]);
      assertBelow(CONNECT[i], t -> ConvexBounds.stronglyConvexRate(connectG, 1, t));
    }
  }

  @ParameterizedTest
  @CsvSource({"0.5", "0.125"})
  void theoremsOneAndFourHoldForLogisticRegression(double delta) {
    double penalty = 0.2;
    LogisticRegression objective = Objectives.regression(5, 80, 6, penalty, 2);
    StepSize stepSize = StepSize.stronglyConvex(penalty);
    long[] steps = RecordedSteps.logarithmic(5_000, 20);
    Trajectory[] rounding = runs(objective, STOCHASTIC_ROUNDING, delta, stepSize, steps);
    double floor = ConvexBounds.stochasticRoundingFloor(6, delta, g(rounding));
    assertBelow(rounding, t -> ConvexBounds.stronglyConvexRate(g(rounding), penalty, t) + floor);
    Trajectory[] connect = runs(objective, BINARY_CONNECT_STOCHASTIC, delta, stepSize, steps);
    double derived =
        ConvexBounds.binaryConnectCurvatureFloor(
            6, delta, objective.hessianLipschitz(), distance(connect));
    assertBelow(connect, t -> ConvexBounds.stronglyConvexRate(g(connect), penalty, t) + derived);
  }

  @ParameterizedTest
  @CsvSource({"0.5", "0.125"})
  void theoremsTwoAndThreeHold(double delta) {
    double factor = 0.5;
    StepSize stepSize = StepSize.inverseSquareRoot(factor);
    long[] steps = RecordedSteps.logarithmic(5_000, 20);
    LogisticRegression regression = Objectives.regression(6, 80, 6, 0.01, 2);
    for (StochasticObjective objective : new StochasticObjective[] {regression, QUADRATIC}) {
      int dimension = objective.dimension();
      Trajectory[] rounding = runs(objective, STOCHASTIC_ROUNDING, delta, stepSize, steps);
      double floor = ConvexBounds.stochasticRoundingFloor(dimension, delta, g(rounding));
      assertBelow(
          rounding,
          t -> ConvexBounds.convexRate(distance(rounding), g(rounding), factor, t) + floor);
      for (DescentMethod method :
          new DescentMethod[] {BINARY_CONNECT_STOCHASTIC, BINARY_CONNECT_NEAREST}) {
        Trajectory[] connect = runs(objective, method, delta, stepSize, steps);
        double d = distance(connect);
        double crude = ConvexBounds.binaryConnectFloor(dimension, delta, objective.smoothness(), d);
        assertBelow(connect, t -> ConvexBounds.convexRate(d, g(connect), factor, t) + crude);
      }
    }
  }

  @Test
  void formulasGiveTheirNumbers() {
    // The floor term of Theorem 1 with G² = |c|² + 1 as written beside the oracle.
    double g = Math.sqrt(1 + Math.pow(Objectives.norm(QUADRATIC.minimizer()), 2));
    double[] floors = {8.69, 4.35, 2.17, 1.09};
    for (int i = 0; i < DELTAS.length; i++) {
      assertThat(ConvexBounds.stochasticRoundingFloor(DIMENSION, DELTAS[i], g))
          .isCloseTo(floors[i], within(0.006));
    }
    assertThat(ConvexBounds.roundingError(4, 0.5, 0.1, 3)).isCloseTo(0.3, within(1e-15));
    assertThat(ConvexBounds.stronglyConvexRate(2, 0.5, 1)).isCloseTo(6.7725887, within(1e-7));
    assertThat(ConvexBounds.convexRate(2, 3, 0.5, 4)).isCloseTo(4.25, within(1e-15));
    assertThat(ConvexBounds.binaryConnectFloor(9, 0.5, 2, 4)).isCloseTo(12, within(1e-15));
    assertThat(ConvexBounds.binaryConnectCurvatureFloor(9, 0.5, 2, 4))
        .isCloseTo(2.25, within(1e-15));
    assertThat(ConvexBounds.binaryConnectCurvatureFloorAsRecalled(9, 0.5, 2, 4))
        .isCloseTo(6, within(1e-15));
  }

  private interface Bound {
    double at(long step);
  }

  /** Every bound is on the mean over seeds. */
  private static void assertBelow(Trajectory[] runs, Bound bound) {
    long[] steps = runs[0].steps();
    for (int at = 0; at < steps.length; at++) {
      double mean = 0;
      for (Trajectory each : runs) {
        mean += each.averageError()[at] / runs.length;
      }
      assertThat(mean).as("step %d", steps[at]).isLessThanOrEqualTo(bound.at(steps[at]));
    }
  }

  /** Returns the root of the largest mean ‖∇f̃‖² between recorded steps. */
  private static double g(Trajectory[] runs) {
    double largest = 0;
    for (int at = 0; at < runs[0].steps().length; at++) {
      double mean = 0;
      for (Trajectory each : runs) {
        mean += each.gradientSquare()[at] / runs.length;
      }
      largest = Math.max(largest, mean);
    }
    return Math.sqrt(largest);
  }

  private static double distance(Trajectory[] runs) {
    double largest = 0;
    for (Trajectory each : runs) {
      largest = Math.max(largest, each.distance());
    }
    return largest;
  }

  private static Trajectory[] runs(
      StochasticObjective objective,
      DescentMethod method,
      double delta,
      StepSize stepSize,
      long[] steps) {
    double[] start = new double[objective.dimension()];
    return IntStream.rangeClosed(1, SEEDS)
        .parallel()
        .mapToObj(
            seed -> QuantizedDescent.run(objective, method, delta, stepSize, start, steps, seed))
        .toArray(Trajectory[]::new);
  }

  private static double[] finalErrors(Trajectory[] runs) {
    double[] errors = new double[runs.length];
    for (int seed = 0; seed < runs.length; seed++) {
      double[] all = runs[seed].averageError();
      errors[seed] = all[all.length - 1];
    }
    return errors;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double each : values) {
      sum += each;
    }
    return sum / values.length;
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double each : values) {
      sum += (each - mean) * (each - mean);
    }
    return Math.sqrt(sum / (values.length - 1));
  }
}
