package org.roundel.parq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnealingTest {
  private static final float[] LEVELS = {-1.5f, -0.5f, 0.25f, 2f};

  private static float[] mapped(double inverseSlope, float... weights) {
    float[] values = weights.clone();
    Annealing.map(values, values.length, LEVELS, inverseSlope);
    return values;
  }

  private static float[] rounded(float... weights) {
    float[] values = weights.clone();
    Annealing.round(values, values.length, LEVELS);
    return values;
  }

  private static float[] ramp() {
    float[] weights = new float[2001];
    for (int index = 0; index < weights.length; index++) {
      weights[index] = -2.5f + index * 0.0025f;
    }
    return weights;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 3, 10, 40})
  void theInverseSlopeIsTheNormalizedSigmoid(double steepness) {
    Annealing annealing = new Annealing(0.2, 0.8, steepness);
    assertThat(annealing.inverseSlope(0.1)).isEqualTo(1);
    assertThat(annealing.inverseSlope(0.2)).isEqualTo(1);
    assertThat(annealing.inverseSlope(0.8)).isZero();
    assertThat(annealing.inverseSlope(1)).isZero();
    double first = sigmoid(-steepness / 2);
    double last = sigmoid(steepness / 2);
    double before = 1;
    for (double share = 0.01; share < 1; share += 0.01) {
      double slope = annealing.inverseSlope(0.2 + 0.6 * share);
      double expected = (sigmoid(steepness * (share - 0.5)) - last) / (first - last);
      assertThat(slope).isCloseTo(expected, within(1e-9)).isLessThan(before);
      before = slope;
    }
    assertThat(annealing.inverseSlope(0.5)).isCloseTo(0.5, within(1e-12));
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(z));
  }

  @Test
  void aNearlyLevelWayIsALine() {
    Annealing annealing = new Annealing(0, 1, 0.1);
    assertThat(annealing.inverseSlope(0.3)).isCloseTo(0.7, within(1e-3));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 0.01, 0.3, 0.7, 0.999})
  void theMapIsMonotoneKeepsLevelsAndStaysBetweenNeighbours(double inverseSlope) {
    float[] weights = ramp();
    float[] values = mapped(inverseSlope, weights);
    assertThat(values).isSorted();
    assertThat(mapped(inverseSlope, LEVELS)).containsExactly(LEVELS);
    for (int index = 0; index < weights.length; index++) {
      double distance = Double.MAX_VALUE;
      double mappedDistance = Double.MAX_VALUE;
      for (float level : LEVELS) {
        distance = Math.min(distance, Math.abs(weights[index] - level));
        mappedDistance = Math.min(mappedDistance, Math.abs(values[index] - level));
      }
      assertThat(mappedDistance).as("from %s", weights[index]).isLessThanOrEqualTo(distance + 1e-6);
    }
  }

  @Test
  void itsLimitsAreTheIdentityBetweenTheEndsAndRounding() {
    float[] weights = ramp();
    float[] gentle = mapped(1 - 1e-9, weights);
    float[] steep = mapped(1e-7, weights);
    float[] rounded = rounded(weights);
    for (int index = 0; index < weights.length; index++) {
      float inRange = Math.max(-1.5f, Math.min(2f, weights[index]));
      assertThat(gentle[index]).isCloseTo(inRange, within(1e-6f));
      boolean middle = Math.abs(nearestMiddle(weights[index]) - weights[index]) < 1e-3;
      if (!middle) {
        assertThat(steep[index]).isEqualTo(rounded[index]);
      }
    }
  }

  private static double nearestMiddle(float weight) {
    double nearest = Double.MAX_VALUE;
    for (int index = 1; index < LEVELS.length; index++) {
      double middle = ((double) LEVELS[index - 1] + LEVELS[index]) / 2;
      nearest = Math.abs(middle - weight) < Math.abs(nearest - weight) ? middle : nearest;
    }
    return nearest;
  }

  /** Between −0.5 and 0.25 with ρ = ½ the middle, −0.125, stays and all else moves twice as far. */
  @Test
  void mapsByHand() {
    assertThat(mapped(0.5, -0.125f, 0f, 0.0625f, 0.2f, -0.3125f, -0.45f, 3f, -9f, Float.NaN))
        .containsExactly(-0.125f, 0.125f, 0.25f, 0.25f, -0.5f, -0.5f, 2f, -1.5f, Float.NaN);
  }

  @Test
  void roundsToTheNearestAndFromTheMiddleUp() {
    assertThat(rounded(-1f, -1.01f, -0.125f, -0.13f, 1.125f, 9f, Float.NEGATIVE_INFINITY))
        .containsExactly(-0.5f, -1.5f, 0.25f, -0.5f, 2f, 2f, -1.5f);
    float[] signs = {0f, -0f, -Float.MIN_VALUE, Float.NaN};
    Annealing.round(signs, signs.length, new float[] {-3f, 3f});
    assertThat(signs).containsExactly(3f, 3f, -3f, Float.NaN);
  }
}
