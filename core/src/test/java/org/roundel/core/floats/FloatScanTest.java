package org.roundel.core.floats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatScanTest {
  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void findsWhatIsNotFiniteAnywhere(float bad) {
    for (int position = 0; position < 7; position++) {
      FloatBuffer values =
          FloatBuffer.wrap(
              new float[] {1, -2, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, 0, -0f});
      assertThat(FloatScan.allFinite(values)).isTrue();
      assertThat(FloatScan.sumOfSquares(values)).isFinite();
      values.put(position, bad);
      assertThat(FloatScan.allFinite(values)).isFalse();
      assertThat(FloatScan.sumOfSquares(values)).isNotFinite();
    }
    assertThat(FloatScan.allFinite(FloatBuffer.allocate(0))).isTrue();
  }

  @Test
  void addsSquares() {
    assertThat(FloatScan.sumOfSquares(FloatBuffer.wrap(new float[] {1, -2, 3, 4, 5, 1e-30f})))
        .isEqualTo(55 + (double) 1e-30f * 1e-30f);
    assertThat(FloatScan.sumOfSquares(FloatBuffer.allocate(0))).isZero();
  }

  @Test
  void countsChangesAndRemembers() {
    FloatBuffer previous = FloatBuffer.wrap(new float[] {1, 2, 3});
    FloatBuffer current = FloatBuffer.wrap(new float[] {1, 5, 4});
    assertThat(FloatScan.countChangesAndCopy(previous, current)).isEqualTo(2);
    assertThat(FloatScan.countChangesAndCopy(previous, current)).isZero();
  }

  @Test
  void distancesAreThoseOfTheFormulas() {
    FloatBuffer first = FloatBuffer.wrap(new float[] {1, 2, 3, 4});
    FloatBuffer second = FloatBuffer.wrap(new float[] {1, 0, 6, 4});
    assertThat(FloatScan.meanDistance(first, second)).isEqualTo(5 / 4.0);
    assertThat(FloatScan.rootMeanSquareDistance(first, second)).isEqualTo(Math.sqrt(13 / 4.0));
  }
}
