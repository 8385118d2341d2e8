package org.roundel.dorefa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TanhTest {
  @Test
  void isRightToOnePartInTenToTheFifteen() {
    for (int index = 1; index <= 400_000; index++) {
      double argument = 25 * index / 400_000.0;
      double expected = StrictMath.tanh(argument);
      assertThat(Tanh.of(argument)).as("of %s", argument).isCloseTo(expected, within(1e-15));
      assertThat(Tanh.of(-argument)).isEqualTo(-Tanh.of(argument));
    }
  }

  @Test
  void keepsItsRelativePrecisionForTinyArguments() {
    for (double argument = 1; argument > 1e-45; argument /= 1.7) {
      double expected = StrictMath.tanh(argument);
      assertThat(Tanh.of(argument) / expected).as("of %s", argument).isCloseTo(1, within(1e-15));
    }
  }

  @Test
  void hasItsLimits() {
    assertThat(Tanh.of(Double.POSITIVE_INFINITY)).isCloseTo(1, within(3e-16));
    assertThat(Tanh.of(Double.NEGATIVE_INFINITY)).isCloseTo(-1, within(3e-16));
    assertThat(Tanh.of(0)).isZero();
    assertThat(Tanh.of(Double.NaN)).isNaN();
  }
}
