package org.roundel.winograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products with weights of one size a row, against sums in double precision. */
class SignedRowsTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "4, 256", "7, 300", "130, 1025", "66, 8192"})
  void multiply(int rows, int columns) {
    Random random = new Random(3);
    float[] weights = new float[rows * columns];
    for (int index = 0; index < weights.length; index++) {
      float size = 0.3f + index / columns;
      weights[index] = random.nextBoolean() ? size : -size;
    }
    float[] numbers = Passes.normal(columns, random);
    float[] bias = Passes.normal(rows, random);
    float[] added = Passes.normal(rows, random);
    // The numbers lie the other way round.
    SignedRows signed =
        SignedRows.of(FloatBuffer.wrap(weights), columns, column -> columns - 1 - column);
    assertThat(signed).isNotNull();
    float[] first = new float[0];
    for (int threads = 1; threads <= 3; threads++) {
      for (boolean rectifies : new boolean[] {false, true}) {
        SignedRowsPass pass =
            new SignedRowsPass(
                signed, new Finish(bias, true, rectifies), new Workspace(new ThreadTeam(threads)));
        float[] found = new float[rows];
        pass.run(FloatBuffer.wrap(numbers), FloatBuffer.wrap(added), FloatBuffer.wrap(found));
        for (int row = 0; row < rows; row++) {
          double sum = 0;
          for (int column = 0; column < columns; column++) {
            sum += (double) weights[row * columns + column] * numbers[columns - 1 - column];
          }
          double expected = sum + bias[row] + added[row];
          // √n roundings of sums that are √n times the size at most.
          assertThat((double) found[row])
              .isCloseTo(
                  rectifies ? Math.max(0, expected) : expected,
                  within(0x1p-23 * columns * (1 + row) + 1e-6));
        }
        if (!rectifies) {
          first = threads == 1 ? found : first;
          assertThat(found).isEqualTo(first);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0.5", "0", "NaN", "-2"})
  void areNotThereWhereARowHasWeightsOfSeveralSizes(float other) {
    float[] weights = new float[64];
    Arrays.fill(weights, 1);
    weights[63] = other;
    assertThat(SignedRows.of(FloatBuffer.wrap(weights), 32, column -> column)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"0"})
  void areNotThereWhereARowIsZero(float size) {
    float[] weights = new float[32];
    Arrays.fill(weights, size);
    assertThat(SignedRows.of(FloatBuffer.wrap(weights), 32, column -> column)).isNull();
  }
}
