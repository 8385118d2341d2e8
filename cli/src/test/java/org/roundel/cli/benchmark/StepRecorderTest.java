package org.roundel.cli.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StepRecorderTest {
  @Test
  void summarisesStepsAndTheirParts() {
    StepRecorder recorder = new StepRecorder(List.of("first", "second"), 4);
    recorder.record(400_000_000, 300_000_000, 100_000_000);
    recorder.record(100_000_000, 60_000_000, 40_000_000);
    recorder.record(300_000_000, 290_000_000, 10_000_000);
    recorder.record(200_000_000, 100_000_000, 100_000_000);

    StepTimes times = recorder.times(50);

    assertThat(times.step()).isEqualTo(new Times(0.25, 0.1, 0.4, 1));
    assertThat(times.phases())
        .containsExactly(
            new StepTimes.PhaseTime("first", new Times(0.195, 0.06, 0.3, 0.75)),
            new StepTimes.PhaseTime("second", new Times(0.07, 0.01, 0.1, 0.25)));
    assertThat(times.imagesPerSecond()).isEqualTo(200);
    assertThat(times.bestImagesPerSecond()).isEqualTo(500);
    assertThat(times.share(times.phases().get(1))).isEqualTo(0.25);
  }

  @Test
  void theMedianOfAnOddNumberIsTheMiddleOne() {
    assertThat(Times.ofNanos(new long[] {5_000_000, 1_000_000, 3_000_000}))
        .isEqualTo(new Times(0.003, 0.001, 0.005, 0.009));
    assertThat(Times.ofNanos(new long[] {0})).isEqualTo(new Times(0, 0, 0, 0));
  }

  @Test
  void wantsEveryStepAndPart() {
    StepRecorder recorder = new StepRecorder(List.of("only"), 2);
    recorder.record(2, 1);
    assertThatThrownBy(() -> recorder.times(1)).hasMessage("1 of 2 steps recorded");
    assertThatThrownBy(() -> recorder.record(2, 1, 1)).hasMessage("2 times for [only]");
  }
}
