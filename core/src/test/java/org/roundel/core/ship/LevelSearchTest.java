package org.roundel.core.ship;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.api.net.Levels;
import org.roundel.api.net.NetArray;
import org.roundel.api.quantizer.Grid;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

class LevelSearchTest {
  private static final List<Integer> SHAPE = List.of(4, 3, 5, 5);
  private static final int SIZE = 75;

  private final RandomSource random = RandomSource.of(3, RandomPurpose.INITIALIZE, 0);

  private static final class Method implements Quantizer {
    private final float[] levels;
    private final int distinctValues;

    Method(float[] levels, int distinctValues) {
      this.levels = levels;
      this.distinctValues = distinctValues;
    }

    @Override
    public boolean keepsLatentWeights() {
      return false;
    }

    @Override
    public float[] levels() {
      return levels.clone();
    }

    @Override
    public int distinctValues() {
      return distinctValues;
    }
  }

  private static Method fixed(float... levels) {
    return new Method(levels, levels.length);
  }

  private static Method bound(int distinctValues) {
    return new Method(new float[0], distinctValues);
  }

  /** What one filter's numbers are drawn from. */
  private interface Filter {
    float value(int filter, int index);
  }

  private NetArray find(Quantizer quantizer, int count, Filter filters) {
    float[] values = new float[4 * SIZE];
    for (int element = 0; element < values.length; element++) {
      // The ends of a filter's range come first, so that no chance leaves one out.
      int within = element % SIZE;
      int index = within == 0 ? 0 : within == 1 ? count - 1 : random.below(count, element);
      values[element] = filters.value(element / SIZE, index);
    }
    NetArray found = LevelSearch.find(SHAPE, values, quantizer);
    assertThat(found.values()).containsExactly(values);
    return found;
  }

  @Test
  void aFixedGridIsMultiplesOfOneScaleWhereItCanBe() {
    assertThat(find(fixed(-0.5f, 0.5f), 2, (filter, index) -> index - 0.5f).levels())
        .isEqualTo(Levels.scaled(new int[] {-1, 1}, 1, 0.5f));
    float[] eighths = Grid.fixedPoint(0.125, -1, 0.875).levels();
    NetArray found = find(fixed(eighths), 16, (filter, index) -> eighths[index]);
    assertThat(found.bits()).isEqualTo(4);
    assertThat(Objects.requireNonNull(found.levels()).multiples()).startsWith(-8).endsWith(7);
    float[] powers = {-1, -0.5f, 0, 0.5f, 1.5f};
    assertThat(find(fixed(powers), 5, (filter, index) -> powers[index]).levels())
        .isEqualTo(Levels.of(powers));
  }

  @Test
  void aGridIsAllThatTheMethodHasNotOnlyWhatWasFound() {
    float[] grid = Grid.fixedPoint(0.5, -1, 1).levels();
    NetArray found = find(fixed(grid), 1, (filter, index) -> 0.5f);
    assertThat(Objects.requireNonNull(found.levels()).count()).isEqualTo(5);
    assertThat(found.bits()).isEqualTo(4);
  }

  @Test
  void aLayerOrEachFilterHasAScale() {
    assertThat(find(bound(3), 3, (filter, index) -> (index - 1) * 0.3f).levels())
        .isEqualTo(Levels.scaled(new int[] {-1, 0, 1}, 1, 0.3f));
    NetArray filters = find(bound(2), 2, (filter, index) -> (2 * index - 1) * filter * 0.1f);
    assertThat(filters.bits()).isEqualTo(1);
    assertThat(filters.levels())
        .isEqualTo(Levels.scaled(new int[] {-1, 1}, 1, 0, 0.1f, 2 * 0.1f, 3 * 0.1f));
  }

  @ParameterizedTest
  @CsvSource({"3, 2", "7, 4", "15, 4", "255, 8", "65535, 16"})
  void bitsWithARangeOfEachFilter(int count, int bits) {
    int highest = count / 2;
    NetArray found =
        find(
            bound(count),
            count,
            (filter, index) -> {
              float largest = 0.1f + 0.37f * filter;
              return (float) ((double) (index - highest) * largest / highest) + 0f;
            });
    assertThat(found.bits()).isEqualTo(bits);
    assertThat(Objects.requireNonNull(found.levels()).isPerFilter()).isTrue();
    assertThat(found.levels().divisor()).isEqualTo(highest);
  }

  @ParameterizedTest
  @CsvSource({"4, 2", "16, 4", "256, 8"})
  void aLearnedStepThatHasOneMoreBelow(int count, int bits) {
    float step = 0.0371f;
    float[] values = new float[4 * SIZE];
    for (int element = 0; element < values.length; element++) {
      int multiple = element == 0 ? 1 : random.below(count, element) - count / 2;
      values[element] = (float) ((double) step * multiple) + 0f;
    }
    NetArray found = LevelSearch.find(SHAPE, values, bound(count));
    assertThat(found.values()).containsExactly(values);
    assertThat(found.bits()).isEqualTo(bits);
    assertThat(Objects.requireNonNull(found.levels()).scales()).containsExactly(step);
  }

  @Test
  void unevenValuesAreATable() {
    float[] table = {-3, 0.1f, 0.7f};
    assertThat(find(bound(4), 3, (filter, index) -> table[index]).levels())
        .isEqualTo(Levels.of(table));
  }

  @Test
  void whatIsNotBoundStaysInFloats() {
    assertThat(find(bound(0), 9, (filter, index) -> index * 0.3f).levels()).isNull();
    assertThat(find(bound(2), 9, (filter, index) -> index * index + 0.3f).levels()).isNull();
    assertThat(find(fixed(-1, 1), 3, (filter, index) -> index - 1).levels()).isNull();
    assertThat(find(bound(3), 3, (filter, index) -> index == 1 ? Float.NaN : index).levels())
        .isNull();
  }
}
