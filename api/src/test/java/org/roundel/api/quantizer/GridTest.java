package org.roundel.api.quantizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

class GridTest {
  private static final long SEED = 42;

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
            () -> Grid.from(Options.of(Grid.OPTIONS, Map.of("grid", "binary", "delta", "0.5"))))
        .hasMessage(
            "option 'delta' is given, but grid=binary does not use it; remove it or set grid=fixed-point");
    assertThatThrownBy(
            () -> Grid.from(Options.of(Grid.OPTIONS, Map.of("grid", "fixed-point", "scale", "2"))))
        .hasMessageContaining("set grid=binary");
    assertThatThrownBy(
            () -> Grid.from(Options.of(Grid.OPTIONS, Map.of("delta", "1", "scale", "2"))))
        .hasMessageContaining("'scale' is given, but grid=fixed-point does not use it");
    assertThat(Grid.from(Options.defaults(Grid.OPTIONS)).levels()).containsExactly(-1f, 1f);
    assertThat(Grid.from(Options.of(Grid.OPTIONS, Map.of("delta", "1"))).levels())
        .containsExactly(-1f, 0f, 1f);
  }
}
