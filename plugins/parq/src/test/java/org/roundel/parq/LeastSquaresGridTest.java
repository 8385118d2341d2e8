package org.roundel.parq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.Chunks;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

class LeastSquaresGridTest {
  private static final long SEED = 2001;

  private static float[] normal(int count, int stream) {
    RandomSource random = RandomSource.of(SEED, RandomPurpose.MODEL, stream);
    float[] values = new float[count];
    for (int index = 0; index < count; index++) {
      values[index] = (float) random.normal(index);
    }
    return values;
  }

  private static double error(float[] weights, float[] levels) {
    double sum = 0;
    for (float weight : weights) {
      double least = Double.MAX_VALUE;
      for (float level : levels) {
        least = Math.min(least, ((double) weight - level) * ((double) weight - level));
      }
      sum += least;
    }
    return sum;
  }

  private static float[] fitted(LeastSquaresGrid grid, float[] weights) {
    return grid.levels(grid.fit(FloatBuffer.wrap(weights)));
  }

  /**
   * Tries every assignment of seven weights to the grid's values, each with the scales that are
   * best for it by the normal equations.
   */
  @ParameterizedTest
  @CsvSource({"1, false", "2, false", "1, true"})
  void noOtherGridOfTheFormIsNearerToSmallArrays(int scales, boolean ternary) {
    LeastSquaresGrid grid = new LeastSquaresGrid(scales, ternary);
    for (int stream = 0; stream < 12; stream++) {
      float[] weights = normal(7, stream);
      if (stream % 3 == 1) {
        weights[3] = weights[2];
        weights[5] = 0;
      }
      double least = bruteForce(weights, scales, ternary);
      assertThat(error(weights, fitted(grid, weights)))
          .as("seed %d, stream %d", SEED, stream)
          .isCloseTo(least, within(1e-6));
    }
  }

  private static double bruteForce(float[] weights, int scales, boolean ternary) {
    int choices = ternary ? 3 : 1 << scales;
    int assignments = (int) Math.pow(choices, weights.length);
    double least = Double.MAX_VALUE;
    for (int assignment = 0; assignment < assignments; assignment++) {
      double[][] signs = new double[scales][weights.length];
      int rest = assignment;
      for (int index = 0; index < weights.length; index++) {
        int choice = rest % choices;
        rest /= choices;
        for (int scale = 0; scale < scales; scale++) {
          signs[scale][index] = ternary ? choice - 1 : 2 * (choice >> scale & 1) - 1;
        }
      }
      least = Math.min(least, leastSquares(weights, signs));
    }
    return least;
  }

  /** Returns min ‖w − Σ v_i·b_i‖² over v, for one or two vectors b_i. */
  private static double leastSquares(float[] weights, double[][] basis) {
    double squares = 0;
    for (float weight : weights) {
      squares += (double) weight * weight;
    }
    double first = dot(weights, basis[0]);
    double own = dot(basis[0], basis[0]);
    if (own == 0) {
      return squares;
    }
    if (basis.length == 1) {
      return squares - first * first / own;
    }
    double second = dot(weights, basis[1]);
    double mixed = dot(basis[0], basis[1]);
    double determinant = own * own - mixed * mixed;
    if (determinant < 1e-9) {
      return squares - first * first / own;
    }
    return squares
        - (own * first * first - 2 * mixed * first * second + own * second * second) / determinant;
  }

  private static double dot(double[] left, double[] right) {
    double sum = 0;
    for (int index = 0; index < left.length; index++) {
      sum += left[index] * right[index];
    }
    return sum;
  }

  private static double dot(float[] left, double[] right) {
    double sum = 0;
    for (int index = 0; index < left.length; index++) {
      sum += left[index] * right[index];
    }
    return sum;
  }

  /** The optimal quantizers of a normal distribution with 2, 3 and 4 levels are known. */
  @Test
  void normalWeightsHaveTheLevelsOfLloydAndMax() {
    float[] weights = normal(400_000, 99);
    assertThat(fitted(new LeastSquaresGrid(1, false), weights)[1])
        .isCloseTo(0.7979f, within(0.005f));
    assertThat(fitted(new LeastSquaresGrid(1, true), weights)[2])
        .isCloseTo(1.2240f, within(0.008f));
    float[] two = fitted(new LeastSquaresGrid(2, false), weights);
    assertThat(two[2]).isCloseTo(0.4528f, within(0.008f));
    assertThat(two[3]).isCloseTo(1.5104f, within(0.008f));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void greedyScalesFollowTheRecursionAndEachMakesTheErrorLess(int scales) {
    float[] weights = normal(3 * Chunks.LENGTH + 5, 7);
    float[] fitted = new LeastSquaresGrid(scales, false).fit(FloatBuffer.wrap(weights));
    double[] rest = new double[weights.length];
    for (int index = 0; index < rest.length; index++) {
      rest[index] = weights[index];
    }
    for (float scale : fitted) {
      double mean = 0;
      for (double value : rest) {
        mean += Math.abs(value) / rest.length;
      }
      assertThat((double) scale).isCloseTo(mean, within(1e-6));
      for (int index = 0; index < rest.length; index++) {
        rest[index] -= mean * (rest[index] >= 0 ? 1 : -1);
      }
    }
    float[] fewer = fitted(new LeastSquaresGrid(scales - 1, false), weights);
    float[] levels = fitted(new LeastSquaresGrid(scales, false), weights);
    assertThat(levels).hasSize(1 << scales).isSorted();
    assertThat(error(weights, levels)).isLessThan(error(weights, fewer));
  }

  @ParameterizedTest
  @CsvSource({"1, false", "1, true", "2, false", "3, false", "4, false"})
  void edgesGiveFiniteLevelsAndNeverMinusZero(int scales, boolean ternary) {
    LeastSquaresGrid grid = new LeastSquaresGrid(scales, ternary);
    float[] extreme = {Float.NaN, Float.POSITIVE_INFINITY, -Float.MAX_VALUE, 0f};
    for (float[] weights : new float[][] {{0f, -0f}, {0.3f}, {0.3f, 0.3f, 0.3f}, extreme}) {
      float[] levels = fitted(grid, weights);
      assertThat(levels).hasSize(grid.size()).isSorted();
      for (float level : levels) {
        assertThat(Float.isFinite(level)).isTrue();
        assertThat(Float.floatToRawIntBits(level)).isNotEqualTo(Integer.MIN_VALUE);
      }
    }
    if (!ternary) {
      assertThat(fitted(grid, new float[] {0.3f, -0.3f, 0.3f})).contains(0.3f, -0.3f);
    }
  }
}
