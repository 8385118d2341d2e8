package org.roundel.reproduce.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against values of 17 digits, computed with 40 by mpmath's {@code ncdf(x)}, {@code x*ncdf(x) +
 * npdf(x)}, and the root of {@code log(ncdf(x)) - log(p)}.
 */
class StandardNormalTest {
  @ParameterizedTest
  @CsvSource({
    "0.0, 0.5, 0.39894228040143268",
    "0.25, 0.59870632568292372, 0.53634469822358014",
    "1.0, 0.84134474606854295, 1.0833154705876863",
    "1.9999, 0.97724446841523281, 2.0083929778999973",
    "2.0, 0.97724986805182079, 2.0084907026168296",
    "2.0001, 0.97725526660858945, 2.0085884278735719",
    "3.0, 0.99865010196836991, 3.0003821543170477",
    "8.0, 0.99999999999999938, 8.0000000000000001",
    "-0.25, 0.40129367431707628, 0.28634469822358014",
    "-1.0, 0.15865525393145705, 0.083315470587686298",
    "-1.9999, 0.022755531584767186, 0.0084929778999972854",
    "-2.0, 0.022750131948179207, 0.0084907026168296375",
    "-2.0001, 0.022744733391410547, 0.0084884278735716511",
    "-3.0, 0.0013498980316300945, 0.0003821543170477236",
    "-5.0, 2.8665157187919391e-7, 5.346165533832815e-8",
    "-8.0, 6.2209605742717841e-16, 7.5502624119464989e-17",
    "-10.0, 7.6198530241605261e-24, 7.474560254589328e-25",
    "-20.0, 2.7536241186062337e-89, 1.3700124947295799e-90",
    "-37.0, 5.7255712225245768e-300, 1.5451991905122025e-301",
  })
  void agreesWithManyDigits(double x, double cumulative, double positivePart) {
    // Between -1.25 and 0, 1/2 less something loses the digits by which it is smaller, 2 bits at
    // most; the exponential in the tail is off by a few units of the last place.
    double relative = 1e-15;
    assertThat(StandardNormal.cumulative(x)).isCloseTo(cumulative, within(relative * cumulative));
    assertThat(StandardNormal.cumulative(x)).isCloseTo(cumulative, within(1e-15));
    // Near -1.25 this is the difference of numbers that are three times as large.
    assertThat(StandardNormal.positivePart(x, 1))
        .isCloseTo(positivePart, within(2 * relative * positivePart));
    // Scaling by a power of two is exact.
    assertThat(StandardNormal.positivePart(x / 1024, 0x1p-10))
        .isEqualTo(StandardNormal.positivePart(x, 1) / 1024);
  }

  @Test
  void edges() {
    assertThat(StandardNormal.cumulative(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(StandardNormal.cumulative(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(StandardNormal.cumulative(Double.NaN)).isNaN();
    assertThat(StandardNormal.cumulative(-1e300)).isZero();
    assertThat(StandardNormal.positivePart(-3, 0)).isZero();
    assertThat(StandardNormal.positivePart(3, 0)).isEqualTo(3);
    assertThat(StandardNormal.positivePart(3, 1e-300)).isEqualTo(3);
    assertThat(StandardNormal.positivePart(-3, 1e-300)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "1e-300, -37.047096299361199",
    "1e-20, -9.2623400897984076",
    "1e-12, -7.0344838253011319",
    "1e-5, -4.2648907939228246",
    "0.01, -2.3263478740408411",
    "0.025, -1.9599639845400542",
    "0.0749, -1.4402382675279637",
    "0.0751, -1.43882539275254",
    "0.3, -0.52440051270804082",
    "0.5, 0",
    "0.9, 1.2815515655446006",
    "0.975, 1.9599639845400539",
    "0.999999, 4.7534243088170878",
  })
  void quantilesAgreeWithManyDigits(double p, double quantile) {
    // The algorithm's own claim is about one part in 10^16; the rest is rounding.
    assertThat(NormalQuantile.of(p)).isCloseTo(quantile, within(4e-16 * (1 + Math.abs(quantile))));
  }

  @Test
  void quantileUndoesTheCumulativeDistribution() {
    for (int step = 1; step < 1000; step++) {
      double p = step / 1000.0;
      // One rounding of the quantile moves Φ by its density, at most 0.4, times 2^-53·|x|.
      assertThat(StandardNormal.cumulative(NormalQuantile.of(p))).isCloseTo(p, within(1e-15));
    }
  }
}
