package org.roundel.api.quantizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.Tensors;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

class GridTest {
  private static final long SEED = 42;
  private static final int DRAWN = 100_000;
  private static final MathContext DIGITS = new MathContext(40);

  static List<Grid> grids() {
    return List.of(
        Grid.binary(1),
        Grid.binary(0.3),
        Grid.fixedPoint(0.25, -1, 1),
        Grid.fixedPoint(0.1, -0.7, 1.3),
        Grid.fixedPoint(1.0 / 3, -2, 2),
        Grid.fixedPoint(0.001, 0.002, 30));
  }

  @Test
  void binaryRoundsToTheSignAndZeroGoesUp() {
    Grid grid = Grid.binary(1);
    assertThat(grid.nearest(0f)).isEqualTo(1f);
    assertThat(grid.nearest(-0f)).isEqualTo(1f);
    assertThat(grid.nearest(-Float.MIN_VALUE)).isEqualTo(-1f);
    assertThat(grid.nearest(Float.POSITIVE_INFINITY)).isEqualTo(1f);
    assertThat(grid.nearest(Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
    assertThat(grid.levels()).containsExactly(-1f, 1f);
  }

  @Test
  void fixedPointRoundsHalfAwayFromZeroAndStopsAtTheEnds() {
    Grid grid = Grid.fixedPoint(0.25, -1, 1);
    assertThat(grid.nearest(0.125f)).isEqualTo(0.25f);
    assertThat(grid.nearest(-0.125f)).isEqualTo(-0.25f);
    assertThat(grid.nearest(0.12f)).isEqualTo(0f);
    assertThat(Float.floatToRawIntBits(grid.nearest(-0f))).isZero();
    assertThat(Float.floatToRawIntBits(grid.nearest(-0.1f))).isZero();
    assertThat(grid.nearest(7f)).isEqualTo(1f);
    assertThat(grid.nearest(Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
    assertThat(grid.levels())
        .containsExactly(-1f, -0.75f, -0.5f, -0.25f, 0f, 0.25f, 0.5f, 0.75f, 1f);
  }

  @ParameterizedTest
  @MethodSource("grids")
  void aValueOnTheGridNeverMoves(Grid grid) {
    for (float level : grid.levels()) {
      assertThat(grid.nearest(level)).isEqualTo(level);
      assertThat(grid.stochastic(level, 0)).isEqualTo(level);
      assertThat(grid.stochastic(level, Math.nextDown(1.0))).isEqualTo(level);
    }
  }

  @ParameterizedTest
  @MethodSource("grids")
  void nanStaysNan(Grid grid) {
    assertThat(grid.nearest(Float.NaN)).isNaN();
    assertThat(grid.stochastic(Float.NaN, 0.5)).isNaN();
  }

  @ParameterizedTest
  @MethodSource("grids")
  void roundsToTheNeighboursAndNearestIsTheNearerOne(Grid grid) {
    RandomSource random = RandomSource.of(SEED, RandomPurpose.QUANTIZE, 0);
    float[] levels = grid.levels();
    for (int draw = 0; draw < 20_000; draw++) {
      float weight =
          (float)
              (grid.lowest()
                  + random.uniform(2L * draw) * ((double) grid.highest() - grid.lowest()));
      float stochastic = grid.stochastic(weight, random.uniform(2L * draw + 1));
      assertThat(Arrays.binarySearch(levels, stochastic)).isNotNegative();
      assertThat(Math.abs((double) stochastic - weight)).isLessThan(grid.delta() * (1 + 1e-6));
      float nearest = grid.nearest(weight);
      for (float level : levels.length < 100 ? levels : new float[] {stochastic}) {
        assertThat(Math.abs((double) nearest - weight))
            .isLessThanOrEqualTo(Math.abs((double) level - weight) + 1e-6 * grid.delta());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("grids")
  void stochasticRoundingIsUnbiasedWithTheVarianceOfTheFormula(Grid grid) {
    RandomSource random = RandomSource.of(SEED, RandomPurpose.QUANTIZE, 1);
    int draws = 200_000;
    for (double fraction : new double[] {0.003, 0.25, 0.5, 0.9}) {
      float weight = (float) (grid.lowest() + fraction * grid.delta());
      double sum = 0;
      for (int draw = 0; draw < draws; draw++) {
        sum += grid.stochastic(weight, random.uniform(draw)) - (double) weight;
      }
      // The variance of one rounding is delta^2 q (1 - q).
      double standardError = grid.delta() * Math.sqrt(fraction * (1 - fraction) / draws);
      assertThat(sum / draws)
          .as("seed %d, q %s", SEED, fraction)
          .isCloseTo(0, within(5 * standardError));
    }
  }

  @ParameterizedTest
  @MethodSource("grids")
  void wholeArraysAreRoundedAsSingleNumbersAre(Grid grid) {
    float[] weights = edges(grid);
    RandomSource random = RandomSource.of(SEED, RandomPurpose.QUANTIZE, 2);
    View given = View.of(weights);
    View nearest = View.of(new float[weights.length]);
    View stochastic = View.of(weights);

    grid.nearest(given.array(), nearest.array());
    grid.stochastic(stochastic.array(), stochastic.array(), random);

    assertThat(bits(given.values())).isEqualTo(bits(weights));
    float[] expectedNearest = new float[weights.length];
    float[] expectedStochastic = new float[weights.length];
    for (int index = 0; index < weights.length; index++) {
      expectedNearest[index] = grid.nearest(weights[index]);
      expectedStochastic[index] = grid.stochastic(weights[index], random.uniform(index));
    }
    assertThat(bits(nearest.values())).isEqualTo(bits(expectedNearest));
    assertThat(bits(stochastic.values())).isEqualTo(bits(expectedStochastic));
  }

  /** The class comment's formulas, number by number, written with other operations. */
  @ParameterizedTest
  @MethodSource("grids")
  void roundsAsTheFormulasSay(Grid grid) {
    float[] levels = grid.levels();
    for (float weight : edges(grid)) {
      if (Float.isNaN(weight)) {
        continue;
      }
      int found = Arrays.binarySearch(levels, weight + 0f);
      int above = found >= 0 ? found : -found - 1;
      float expected;
      if (found >= 0 || above == 0 || above == levels.length) {
        expected = levels[Math.min(above, levels.length - 1)];
        requireSame(grid.stochastic(weight, 0), expected);
        requireSame(grid.stochastic(weight, 1 - 0x1p-32), expected);
      } else {
        float a = levels[above - 1];
        float b = levels[above];
        BigDecimal fraction =
            exact(weight).subtract(exact(a)).divide(exact(b).subtract(exact(a)), DIGITS);
        double q = fraction.doubleValue();
        // Rounding of the computation moves the threshold by a few ulp of 1.
        requireSame(grid.stochastic(weight, Math.max(0, q - 1e-14)), b);
        if (q + 1e-14 < 1) {
          requireSame(grid.stochastic(weight, q + 1e-14), a);
        }
      }
    }
    if (levels.length == 2) {
      return;
    }
    for (float weight : edges(grid)) {
      if (!(weight > levels[0] && weight < levels[levels.length - 1])) {
        continue;
      }
      double multiple = Math.abs((double) weight) / grid.delta();
      double magnitude = Math.floor(multiple + 0.5) * Math.signum(weight);
      requireSame(grid.nearest(weight), (float) (magnitude * grid.delta()) + 0f);
    }
  }

  /** Millions of numbers are compared, and an assertion that says nothing takes a microsecond. */
  private static void requireSame(float actual, float expected) {
    if (Float.compare(actual, expected) != 0) {
      assertThat(actual).isEqualTo(expected);
    }
  }

  private static BigDecimal exact(float value) {
    return new BigDecimal(value);
  }

  /** Returns levels, halfway points, their neighbours among the float32 numbers, and extremes. */
  private static float[] edges(Grid grid) {
    List<Float> edges = new ArrayList<>();
    for (float level : grid.levels()) {
      for (double offset : new double[] {0, 0.5, 1e-7, 0.25}) {
        for (double sign : new double[] {-1, 1}) {
          float weight = (float) (level + sign * offset * grid.delta());
          edges.addAll(List.of(weight, Math.nextUp(weight), Math.nextDown(weight)));
        }
      }
    }
    for (float weight :
        new float[] {
          0f, Float.MIN_VALUE, Float.MIN_NORMAL, 1f, 1e9f, 1e30f, Float.MAX_VALUE, 1f / 0f
        }) {
      edges.addAll(List.of(weight, -weight));
    }
    edges.add(Float.NaN);
    float[] weights = new float[edges.size()];
    for (int index = 0; index < weights.length; index++) {
      weights[index] = edges.get(index);
    }
    return weights;
  }

  @ParameterizedTest
  @MethodSource("grids")
  void drawsEveryValueOfTheGridAlike(Grid grid) {
    float[] levels = grid.levels();
    int[] counts = new int[levels.length];
    for (float weight : drawn(grid::draw)) {
      counts[Arrays.binarySearch(levels, weight)]++;
    }
    // Chi squared with k - 1 degrees of freedom has the mean k - 1 and the variance 2 (k - 1).
    double expected = (double) DRAWN / levels.length;
    double sum = 0;
    for (int count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    double freedom = levels.length - 1.0;
    assertThat(sum).as("seed %d", SEED).isLessThan(freedom + 6 * Math.sqrt(2 * freedom) + 20);
  }

  @ParameterizedTest
  @MethodSource("grids")
  void drawsEveryNumberInTheRangeAlike(Grid grid) {
    float[] sorted = drawn(grid::drawInRange);
    Arrays.sort(sorted);
    double width = (double) grid.highest() - grid.lowest();
    double distance = 0;
    for (int index = 0; index < DRAWN; index++) {
      double share = (sorted[index] - grid.lowest()) / width;
      double before = share - (double) index / DRAWN;
      double after = (index + 1.0) / DRAWN - share;
      distance = Math.max(distance, Math.max(before, after));
    }
    assertThat(sorted[0]).isGreaterThanOrEqualTo(grid.lowest());
    assertThat(sorted[DRAWN - 1]).isLessThanOrEqualTo(grid.highest());
    // Kolmogorov and Smirnov: √n times the distance is above 4 with a chance below 2·exp(−32).
    assertThat(distance * Math.sqrt(DRAWN)).as("seed %d", SEED).isLessThan(4);
  }

  private static float[] drawn(BiConsumer<INDArray, RandomSource> draw) {
    View weights = View.of(new float[DRAWN]);
    draw.accept(weights.array(), RandomSource.of(SEED, RandomPurpose.INITIALIZE, 0));
    return weights.values();
  }

  @Test
  void roundsUpOnlyBelowTheFractionStrictly() {
    Grid grid = Grid.fixedPoint(0.25, -1, 1);
    assertThat(grid.stochastic(0.125f, 0.5)).isEqualTo(0f);
    assertThat(grid.stochastic(0.125f, Math.nextDown(0.5))).isEqualTo(0.25f);
    assertThat(grid.stochastic(-0.125f, 0.5)).isEqualTo(-0.25f);
    assertThat(Grid.binary(1).stochastic(0f, 0.5)).isEqualTo(-1f);
    assertThat(Grid.binary(1).stochastic(0f, 0.49)).isEqualTo(1f);
  }

  @Test
  void refusesAGridThatIsNone() {
    assertThatThrownBy(() -> Grid.fixedPoint(0.3, -1, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("multiple of delta");
    assertThatThrownBy(() -> Grid.fixedPoint(0.25, 1, -1)).hasMessageContaining("0 values");
    assertThatThrownBy(() -> Grid.fixedPoint(1e-6, -1, 1)).hasMessageContaining("2 to 65536");
    assertThatThrownBy(() -> Grid.fixedPoint(Double.NaN, -1, 1)).hasMessageContaining("positive");
    assertThatThrownBy(() -> Grid.fixedPoint(2e-5, 1000, 1000.5))
        .hasMessageContaining("finer than float32");
    assertThatThrownBy(() -> Grid.binary(0)).hasMessageContaining("positive");
  }

  @Test
  void optionsThatTheFormDoesNotUseAreRefused() {
    assertThatThrownBy(
            () ->
                GridOptions.grid(
                    Options.of(GridOptions.ALL, Map.of("grid", "binary", "delta", "0.5"))))
        .hasMessage(
            "option 'delta' is given, but grid=binary does not use it; remove it or set grid=fixed-point");
    assertThatThrownBy(
            () ->
                GridOptions.grid(
                    Options.of(GridOptions.ALL, Map.of("grid", "fixed-point", "scale", "2"))))
        .hasMessageContaining("set grid=binary");
    assertThatThrownBy(
            () -> GridOptions.grid(Options.of(GridOptions.ALL, Map.of("delta", "1", "scale", "2"))))
        .hasMessageContaining("'scale' is given, but grid=fixed-point does not use it");
    assertThat(GridOptions.grid(Options.defaults(GridOptions.ALL)).levels())
        .containsExactly(-1f, 1f);
    assertThat(GridOptions.grid(Options.of(GridOptions.ALL, Map.of("delta", "1"))).levels())
        .containsExactly(-1f, 0f, 1f);
  }

  /** An array that lies in the middle of a larger one of ones, as a model's weights do. */
  private record View(INDArray whole, INDArray array) {
    private static final int MARGIN = 13;

    static View of(float[] values) {
      INDArray whole = Nd4j.ones(values.length + 2L * MARGIN);
      INDArray part = whole.get(NDArrayIndex.interval(MARGIN, MARGIN + (long) values.length));
      Tensors.floats(part).put(values);
      return new View(whole, part.reshape('c', values.length, 1));
    }

    /** Returns a copy of the values, after checking that nothing beside them was written. */
    float[] values() {
      float[] all = new float[(int) whole.length()];
      Tensors.floats(whole).get(all);
      for (int index = 0; index < MARGIN; index++) {
        assertThat(all[index]).isEqualTo(1);
        assertThat(all[all.length - 1 - index]).isEqualTo(1);
      }
      return Arrays.copyOfRange(all, MARGIN, all.length - MARGIN);
    }
  }

  /** Returns the bit patterns, so that −0 and 0 differ. */
  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int index = 0; index < values.length; index++) {
      bits[index] = Float.floatToRawIntBits(values[index]);
    }
    return bits;
  }
}
