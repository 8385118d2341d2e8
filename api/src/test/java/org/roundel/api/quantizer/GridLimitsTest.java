package org.roundel.api.quantizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.InvalidInputException;

/** Which grids there are, at the edges of what is allowed. */
class GridLimitsTest {
  @Test
  void aGridHasTwoValuesToTheLargestNumberOfThem() {
    assertThat(Grid.fixedPoint(1, 0, 1).levels()).containsExactly(0, 1);
    float[] most = Grid.fixedPoint(1, 1, Grid.MAXIMUM_SIZE).levels();
    assertThat(most).hasSize(Grid.MAXIMUM_SIZE).startsWith(1, 2).endsWith(Grid.MAXIMUM_SIZE);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 1", "1, 0, 0", "3, 0, 0", "0, 65536, 65537"})
  void aGridOfOtherSizesIsRefused(double minimum, double maximum, int values) {
    assertThatThrownBy(() -> Grid.fixedPoint(1, minimum, maximum))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(" has " + values + " values; allowed: 2 to 65536");
  }

  @Test
  void anEndIsAMultipleOfDeltaWithinAMillionth() {
    assertThat(Grid.fixedPoint(0.1, -0.3, 0.3).levels())
        .containsExactly(-0.3f, -0.2f, -0.1f, 0, 0.1f, 0.2f, 0.3f);
    assertThat(Grid.fixedPoint(1, 0.9e-6, 1).levels()).containsExactly(0, 1);
    assertThatThrownBy(() -> Grid.fixedPoint(1, 1.1e-6, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "a grid's minimum is 1.1E-6; allowed: a multiple of delta, which is 1");
    assertThatThrownBy(() -> Grid.fixedPoint(1, 0, Double.NaN))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a grid's maximum is NaN");
    double far = 1L << 41;
    assertThatThrownBy(() -> Grid.fixedPoint(1, far, far + 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a grid's minimum is ");
  }

  /** Beyond 2^24 every second whole number is no float32 number. */
  @Test
  void valuesThatFloat32CannotTellApartAreRefused() {
    double last = 1 << 24;
    assertThat(Grid.fixedPoint(1, last - 1, last).levels()).containsExactly(16777215, 16777216);
    assertThat(Grid.fixedPoint(2, last, last + 2).levels()).containsExactly(16777216, 16777218);
    assertThatThrownBy(() -> Grid.fixedPoint(1, last, last + 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is finer than float32");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1e-50, 1e39, Double.POSITIVE_INFINITY, Double.NaN})
  void aBinaryGridsScaleIsAPositiveFloat32Number(double scale) {
    assertThatThrownBy(() -> Grid.binary(scale))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a binary grid's scale is " + scale);
  }

  @Test
  void tellsItsEndsAndItsSteps() {
    Grid binary = Grid.binary(0.75);
    assertThat(binary.delta()).isEqualTo(1.5);
    assertThat(binary.lowest()).isEqualTo(-0.75f);
    assertThat(binary.highest()).isEqualTo(0.75f);
    Grid fixedPoint = Grid.fixedPoint(0.25, -1, 0.5);
    assertThat(fixedPoint.delta()).isEqualTo(0.25);
    assertThat(fixedPoint.lowest()).isEqualTo(-1);
    assertThat(fixedPoint.highest()).isEqualTo(0.5f);
  }

  @Test
  void whoChangesTheValuesThatItReturnsDoesNotChangeTheGrid() {
    Grid grid = Grid.binary(1);
    grid.levels()[0] = 5;
    assertThat(grid.levels()).containsExactly(-1, 1);
  }

  /** Delta is neither its own inverse nor 1. */
  @Test
  void roundsAtRandomToTheNeighboursOfAWeight() {
    Grid grid = Grid.fixedPoint(0.25, -1, 1);
    assertThat(grid.stochastic(0.6f, 0.99)).isEqualTo(0.5f);
    assertThat(grid.stochastic(0.6f, 0.1)).isEqualTo(0.75f);
    assertThat(grid.stochastic(-0.9f, 0.99)).isEqualTo(-1);
  }

  /** Scratch arrays are longer than what is in them. */
  @Test
  void roundsTheFirstElementsAndTouchesNothingBehindThem() {
    for (Grid grid : new Grid[] {Grid.binary(1), Grid.fixedPoint(0.5, -1, 1)}) {
      float[] values = {0.9f, 0.9f, 0.3f};
      grid.nearest(values, 2);
      assertThat(values).containsExactly(1, 1, 0.3f);
      grid.stochastic(values, new int[] {0, 0, 0}, 2);
      assertThat(values).containsExactly(1, 1, 0.3f);
    }
  }
}
