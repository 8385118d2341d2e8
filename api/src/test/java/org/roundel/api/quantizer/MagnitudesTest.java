package org.roundel.api.quantizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.roundel.api.Chunks;

class MagnitudesTest {
  @Test
  void aMagnitudeIsAFiniteNumber() {
    assertThat(Magnitudes.of(-0.5f)).isEqualTo(0.5f);
    assertThat(Magnitudes.of(-0f)).isEqualTo(0f);
    assertThat(Magnitudes.of(Float.NaN)).isZero();
    assertThat(Magnitudes.of(Float.NEGATIVE_INFINITY)).isEqualTo(Float.MAX_VALUE);
  }

  @Test
  void theMeanIsOverAllElements() {
    float[] weights = new float[2 * Chunks.LENGTH + 4];
    for (int index = 0; index < weights.length; index++) {
      weights[index] = index % 2 == 0 ? -3 : 1;
    }
    weights[7] = Float.NaN;
    // Whole numbers add up exactly.
    double expected = (2.0 * weights.length - 1) / weights.length;
    assertThat(Magnitudes.mean(FloatBuffer.wrap(weights))).isEqualTo(expected);
  }

  @Test
  void theSignOfBothZerosIsPositiveAndNoResultIsNegativeZero() {
    for (float zero : new float[] {0f, -0f}) {
      assertThat(Magnitudes.withSign(2, zero)).isEqualTo(2f);
    }
    assertThat(Magnitudes.withSign(2, -Float.MIN_VALUE)).isEqualTo(-2f);
    assertThat(Float.floatToRawIntBits(Magnitudes.withSign(0, -1))).isZero();
    assertThat(Magnitudes.withSign(2, Float.NaN)).isNaN();
  }
}
