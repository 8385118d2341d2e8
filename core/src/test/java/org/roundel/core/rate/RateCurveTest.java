package org.roundel.core.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.roundel.core.rate.RateCurve.End;
import org.roundel.core.rate.RateCurve.Finding;

/** Curves that are made up: the smoothed loss is a formula in x, the rate's decimal logarithm. */
class RateCurveTest {
  /** 61 updates from 1e-5 to 10: each a tenth more of x. */
  private static final RateRange RANGE = new RateRange(1e-5, 10, 61);

  private static RateCurve curve(int updates, End end, DoubleUnaryOperator smoothedLoss) {
    List<RatePoint> points = new ArrayList<>();
    for (int update = 1; update <= updates; update++) {
      double rate = RANGE.rate(update);
      double smoothed = smoothedLoss.applyAsDouble(Math.log10(rate));
      points.add(new RatePoint(update, rate, 1, smoothed, rate / 100));
    }
    return new RateCurve(points, end);
  }

  /** (x + 1)² is least at the rate 0.1, so 0.01 is suggested, whatever ended the test. */
  @Test
  void aTenthOfTheRateOfTheLowestLossIsSuggested() {
    for (End end : End.values()) {
      RateCurve curve = curve(61, end, x -> 1 + (x + 1) * (x + 1));
      assertThat(curve.lowest().update()).isEqualTo(41);
      assertThat(curve.finding()).isEqualTo(Finding.FOUND);
      assertThat(curve.suggestion().orElseThrow()).isCloseTo(0.01, within(1e-14));
    }
  }

  @Test
  void ofSeveralLowestLossesTheFirstCounts() {
    RateCurve curve = curve(61, End.HIGHEST_RATE, x -> Math.max(1, Math.abs(x + 2)));
    assertThat(curve.lowest().rate()).isCloseTo(1e-3, within(3e-4));
    assertThat(curve.suggestion().orElseThrow()).isCloseTo(1e-4, within(3e-5));
  }

  /** Nine updates behind the lowest are too few to call it one, ten are enough. */
  @Test
  void aLossThatHasNotRisenForLongSuggestsNothing() {
    assertThat(curve(61, End.HIGHEST_RATE, x -> -x).suggestion()).isEmpty();
    DoubleUnaryOperator least = x -> (x + 1) * (x + 1);
    assertThat(curve(50, End.HIGHEST_RATE, least).finding()).isEqualTo(Finding.STILL_FALLING);
    assertThat(curve(51, End.HIGHEST_RATE, least).finding()).isEqualTo(Finding.FOUND);
    // It need not rise for long where it rises far.
    assertThat(curve(43, End.LOSS_ROSE, least).finding()).isEqualTo(Finding.FOUND);
    assertThat(curve(41, End.NOT_FINITE, least).finding()).isEqualTo(Finding.FOUND);
  }

  /** The lowest rate is 1e-5, so a lowest loss below 1e-4 has a tenth that was not tried. */
  @Test
  void aRateThatWasNotTriedIsNotSuggested() {
    assertThat(curve(61, End.LOSS_ROSE, x -> x).finding()).isEqualTo(Finding.BELOW_THE_RANGE);
    RateCurve early = curve(61, End.HIGHEST_RATE, x -> Math.abs(x + 4.15));
    assertThat(early.finding()).isEqualTo(Finding.BELOW_THE_RANGE);
    assertThat(early.suggestion()).isEmpty();
    assertThat(curve(61, End.HIGHEST_RATE, x -> Math.abs(x + 3.85)).finding())
        .isEqualTo(Finding.FOUND);
  }

  /** The share is the rate over 100, so over ten updates around 0.01 the mean of a short series. */
  @Test
  void theMovesNearARateAreAMeanOfTenUpdates() {
    RateCurve curve = curve(61, End.HIGHEST_RATE, x -> 1);
    double sum = 0;
    for (int tenth = -5; tenth < 5; tenth++) {
      sum += 1e-4 * Math.pow(10, tenth / 10.0);
    }
    assertThat(curve.movedNear(0.0099)).isCloseTo(sum / 10, within(1e-12));
    assertThat(curve.movedNear(1e-9)).isCloseTo(curve.movedNear(1e-5), within(1e-15));
    assertThat(curve.movedNear(1000)).isBetween(0.05, 0.1);
  }

  @Test
  void aCurveWithoutPointsIsNone() {
    assertThatThrownBy(() -> new RateCurve(List.of(), End.HIGHEST_RATE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
