package org.roundel.core.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateRangeTest {
  /** 61 updates over six powers of ten: ten for each. */
  @Test
  void theRateGrowsByTheSameFactorFromTheLowestToTheHighest() {
    RateRange range = new RateRange(1e-5, 10, 61);
    assertThat(range.rate(1)).isEqualTo(1e-5);
    assertThat(range.rate(61)).isEqualTo(10);
    assertThat(range.rate(31)).isCloseTo(0.01, within(1e-14));
    for (int update = 1; update < 61; update++) {
      assertThat(range.rate(update + 1) / range.rate(update))
          .isCloseTo(Math.pow(10, 0.1), within(1e-13));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "-1, 1",
    "1e-13, 1",
    "NaN, 1",
    "0.1, 0.1",
    "0.2, 0.1",
    "1, 1001",
    "1, Infinity",
    "1, NaN"
  })
  void ratesThatAreNoRangeAreRefused(double lowest, double highest) {
    assertThatThrownBy(() -> new RateRange(lowest, highest, 200))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the lowest rate is %s and the highest %s; allowed: 1e-12 to 1000, the lowest below the"
                + " highest",
            lowest, highest);
  }

  @ParameterizedTest
  @CsvSource({"-1", "0", "49", "1000001"})
  void tooFewAndTooManyUpdatesAreRefused(int updates) {
    assertThatThrownBy(() -> new RateRange(1e-5, 10, updates))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the number of updates is %d; allowed: 50 to 1000000", updates);
  }
}
