package org.roundel.api.quantizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.Chunks;
import org.roundel.api.Options;

class GradientEstimatorTest {
  private static final double STEP = 1e-6;

  @Test
  void theOptionNamesEach() {
    List<String> names = GradientEstimator.OPTION.edgeValues();
    assertThat(names).hasSize(GradientEstimator.values().length);
    for (int index = 0; index < names.size(); index++) {
      Options options =
          Options.of(
              List.of(GradientEstimator.OPTION),
              Map.of(GradientEstimator.OPTION.name(), names.get(index)));
      assertThat(GradientEstimator.of(options)).isEqualTo(GradientEstimator.values()[index]);
    }
    assertThat(GradientEstimator.of(Options.defaults(List.of(GradientEstimator.OPTION))))
        .isEqualTo(GradientEstimator.STRAIGHT_THROUGH);
  }

  @Test
  void straightThroughLeavesEveryBit() {
    float[] gradients = {3f, -0f, Float.MIN_VALUE, Float.NaN};
    INDArray gradient = Nd4j.createFromArray(gradients.clone());
    GradientEstimator.STRAIGHT_THROUGH.apply(
        Nd4j.createFromArray(9f, 0f, Float.NaN, 1f), gradient, 0.5, 0.5);
    assertThat(gradient.toFloatVector()).containsExactly(gradients);
  }

  @Test
  void clippedPassesWhereTheWeightIsWithinTheValues() {
    float above = Math.nextUp(0.25f);
    assertThat(shaped(GradientEstimator.CLIPPED, 0.25, 0.5, 0f, -0.25f, 0.25f, above, -above, 9f))
        .containsExactly(1, 1, 1, 0, 0, 0);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.1", "0.25, 0.1", "0.5, 1", "0.75, 0.05", "1, 1"})
  void edeIsTheDerivativeOfATangentThatBecomesTheSign(double progress, double scale) {
    double t = Math.pow(10, -1 + 2 * progress);
    double k = Math.max(1 / t, 1);
    requireDerivative(
        GradientEstimator.EDE, progress, scale, x -> k * Math.tanh(t * x), -3, 3, 2e-5);
  }

  @Test
  void edeGoesFromStraightThroughOverABoundedOneToTheSign() {
    assertThat(derivative(GradientEstimator.EDE, 0, 0.5)).isCloseTo(1, within(0.003));
    assertThat(derivative(GradientEstimator.EDE, 0.5, 0)).isEqualTo(1);
    assertThat(derivative(GradientEstimator.EDE, 1, 0)).isEqualTo(10);
    assertThat(derivative(GradientEstimator.EDE, 1, 1)).isLessThan(1e-7);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.1", "0.3, 1", "0.7, 0.05", "1, 2"})
  void resteIsTheDerivativeOfAPowerBetweenItsBounds(double progress, double scale) {
    double o = 1 + 2 * (1 - Math.cos(Math.PI / 2 * progress));
    requireDerivative(
        GradientEstimator.RESTE,
        progress,
        scale,
        x -> Math.signum(x) * Math.pow(Math.abs(x), 1 / o),
        0.101,
        1.499,
        2e-6);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.4, 0.8, 1})
  void resteIsBoundedNearZeroByAChordAndEndsAtOneAndAHalf(double progress) {
    double o = 1 + 2 * (1 - Math.cos(Math.PI / 2 * progress));
    double chord = Math.pow(0.1, 1 / o) / 0.1;
    for (double x : new double[] {0, 1e-30, -0.05, 0.0999}) {
      assertThat(derivative(GradientEstimator.RESTE, progress, x))
          .isCloseTo(chord, within(1e-6 * chord));
    }
    assertThat((double) shaped(GradientEstimator.RESTE, 10, progress, 1f)[0])
        .as("at 0.1 itself")
        .isCloseTo(chord, within(1e-6 * chord));
    assertThat(derivative(GradientEstimator.RESTE, progress, 1.5)).isPositive();
    assertThat(derivative(GradientEstimator.RESTE, progress, -1.5001)).isZero();
  }

  /** The integral of f′ is f's rise: what a weight gains on its way through is what f gains. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1})
  void integratesToTheRiseOfTheFunctionThatStandsForTheSign(double progress) {
    double o = 1 + 2 * (1 - Math.cos(Math.PI / 2 * progress));
    assertThat(integral(GradientEstimator.CLIPPED, progress)).isCloseTo(2, within(1e-3));
    assertThat(integral(GradientEstimator.RESTE, progress))
        .isCloseTo(2 * Math.pow(1.5, 1 / o), within(2e-3));
    double t = Math.pow(10, -1 + 2 * progress);
    assertThat(integral(GradientEstimator.EDE, progress))
        .isCloseTo(2 * Math.max(1 / t, 1) * Math.tanh(4 * t), within(1e-3));
  }

  private static double integral(GradientEstimator estimator, double progress) {
    int cells = 80_000;
    float[] points = new float[cells];
    for (int cell = 0; cell < cells; cell++) {
      points[cell] = (float) (-4 + 8 * (cell + 0.5) / cells);
    }
    double sum = 0;
    for (float derivative : shaped(estimator, 1, progress, points)) {
      sum += derivative * 8.0 / cells;
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource(names = {"CLIPPED", "EDE", "RESTE"})
  void aWeightWithoutBoundsHasNoGradientAndSignsDoNotMatter(GradientEstimator estimator) {
    assertThat(shaped(estimator, 1, 1, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY))
        .containsExactly(0, 0);
    for (float weight : new float[] {0.07f, 0.4f, 1.2f}) {
      float[] both = shaped(estimator, 0.3, 0.6, weight, -weight);
      assertThat(both[0]).isEqualTo(both[1]);
    }
  }

  @Test
  void shapesEachGradientOfALargeArray() {
    int count = 5 * Chunks.LENGTH + 3;
    float[] weights = new float[count];
    float[] gradients = new float[count];
    for (int index = 0; index < count; index++) {
      weights[index] = (float) Math.sin(index);
      gradients[index] = index;
    }
    INDArray gradient = Nd4j.createFromArray(gradients.clone());
    GradientEstimator.CLIPPED.apply(Nd4j.createFromArray(weights), gradient, 0.5, 0);
    float[] result = gradient.toFloatVector();
    for (int index = 0; index < count; index++) {
      assertThat(result[index]).isEqualTo(Math.abs(weights[index]) <= 0.5f ? gradients[index] : 0);
    }
  }

  private static void requireDerivative(
      GradientEstimator estimator,
      double progress,
      double scale,
      DoubleUnaryOperator function,
      double from,
      double to,
      double tolerance) {
    for (int point = 0; point <= 50; point++) {
      float weight = (float) (scale * (from + (to - from) * point / 50));
      double x = weight / scale;
      double expected =
          (function.applyAsDouble(x + STEP) - function.applyAsDouble(x - STEP)) / (2 * STEP);
      assertThat((double) shaped(estimator, scale, progress, weight)[0])
          .as("x = %s", x)
          .isCloseTo(expected, within(tolerance));
    }
  }

  private static double derivative(GradientEstimator estimator, double progress, double x) {
    return shaped(estimator, 1, progress, (float) x)[0];
  }

  /** Returns what becomes of gradients of 1. */
  private static float[] shaped(
      GradientEstimator estimator, double scale, double progress, float... weights) {
    INDArray gradient = Nd4j.createFromArray(weights);
    gradient.assign(1);
    estimator.apply(Nd4j.createFromArray(weights), gradient, scale, progress);
    return gradient.toFloatVector();
  }
}
