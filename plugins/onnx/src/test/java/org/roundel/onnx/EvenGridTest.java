package org.roundel.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.api.net.Levels;

class EvenGridTest {
  @ParameterizedTest
  @CsvSource({
    // least, largest, bits, signed, narrow
    "-1, 0, 2, true, true",
    "-1, 1, 2, true, true",
    "-2, 1, 2, true, false",
    "-3, 3, 3, true, true",
    "-5, 2, 4, true, true",
    "-7, 7, 4, true, true",
    "-8, 7, 4, true, false",
    "-127, 127, 8, true, true",
    "-128, 127, 8, true, false",
    "0, 1, 1, false, false",
    "0, 0, 1, false, false",
    "0, 3, 2, false, false",
    "1, 4, 3, false, false"
  })
  void theNarrowestIntegerIsFound(
      int least, int largest, int bits, boolean signed, boolean narrow) {
    int[] multiples = IntStream.rangeClosed(least, largest).toArray();

    EvenGrid grid = EvenGrid.of(Levels.scaled(multiples, 1, 0.5f)).orElseThrow();

    assertThat(grid.bits()).isEqualTo(bits);
    assertThat(grid.signed()).isEqualTo(signed);
    assertThat(grid.narrow()).isEqualTo(narrow);
  }

  @ParameterizedTest
  @CsvSource({"-0.25, 0.25, true, 0.25", "0, 0.5, false, 0.5", "-0.1, 0.2, false, 0.1"})
  void aTableMayBeMultiplesOfOneStep(float first, float second, boolean bipolar, float step) {
    EvenGrid grid = EvenGrid.of(Levels.of(first, second)).orElseThrow();

    assertThat(grid.bipolar()).isEqualTo(bipolar);
    assertThat(grid.steps()).containsExactly(step);
  }

  @ParameterizedTest
  @CsvSource({"-0.3, 0.5", "0.001, 7"})
  void orNot(float first, float second) {
    assertThat(EvenGrid.of(Levels.of(first, second))).isEmpty();
  }
}
