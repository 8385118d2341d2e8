package org.roundel.core.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateRecorderTest {
  /** The second of two counts 1, the first 0.9, of 1.9 together. */
  @Test
  void theFirstLossIsItsOwnAverageAndTheSecondCountsMore() {
    RateRecorder recorder = new RateRecorder();
    assertThat(recorder.add(0.1, 5, 0).smoothedLoss()).isEqualTo(5);
    assertThat(recorder.add(0.2, 1, 0).smoothedLoss()).isCloseTo(5.5 / 1.9, within(1e-15));
  }

  /** The mean age of what counts is 0.9/(1 − 0.9) = 9 updates. */
  @Test
  void theAverageLagsBehindALineByNineUpdates() {
    RateRecorder recorder = new RateRecorder();
    RatePoint last = recorder.add(0.1, 1, 0);
    for (int update = 2; update <= 400; update++) {
      last = recorder.add(0.1, update, 0);
    }
    assertThat(last.update()).isEqualTo(400);
    assertThat(last.smoothedLoss()).isCloseTo(391, within(1e-9));
  }

  /** After many losses of 1, one of 1 + 10·d makes the average 1 + d. */
  @Test
  void aSmoothedLossAboveFourTimesTheLowestHasRisen() {
    assertThat(rises(30.9)).isFalse();
    assertThat(rises(31.1)).isTrue();
    assertThat(new RateRecorder().hasRisen()).isFalse();
  }

  private static boolean rises(double last) {
    RateRecorder recorder = new RateRecorder();
    for (int update = 1; update <= 400; update++) {
      recorder.add(0.1, 1, 0);
      assertThat(recorder.hasRisen()).isFalse();
    }
    recorder.add(0.1, last, 0);
    return recorder.hasRisen();
  }
}
