package org.roundel.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.roundel.api.Options;
import org.roundel.api.schedule.LearningRateSchedule;
import org.roundel.api.schedule.LearningRateScheduleFactory;
import org.roundel.api.schedule.TrainingPosition;

class SchedulesTest {
  @Test
  void constantIsTheBaseRate() {
    LearningRateSchedule constant = create(new ConstantScheduleFactory(), Map.of());
    assertThat(constant.rate(0.0123, at(1, 0))).isEqualTo(0.0123);
    assertThat(constant.rate(0.0123, at(160, 9))).isEqualTo(0.0123);
  }

  @Test
  void theMilestoneIsTheFirstEpochAtTheLowerRate() {
    LearningRateSchedule step = create(new StepScheduleFactory(), Map.of());
    assertThat(step.rate(0.01, at(1, 0))).isEqualTo(0.01);
    assertThat(step.rate(0.01, at(81, 9))).isEqualTo(0.01);
    assertThat(step.rate(0.01, at(82, 0))).isCloseTo(0.001, within(1e-18));
    assertThat(step.rate(0.01, at(121, 9))).isCloseTo(0.001, within(1e-18));
    assertThat(step.rate(0.01, at(122, 0))).isCloseTo(0.0001, within(1e-19));
    assertThat(step.rate(0.01, at(160, 9))).isCloseTo(0.0001, within(1e-19));
  }

  @Test
  void milestonesAndFactorAreOptions() {
    LearningRateSchedule step = new StepSchedule(List.of(2, 3, 500), 0.5);
    assertThat(step.rate(1, at(1, 9))).isEqualTo(1);
    assertThat(step.rate(1, at(2, 0))).isEqualTo(0.5);
    assertThat(step.rate(1, at(3, 0))).isEqualTo(0.25);
    assertThat(step.rate(1, at(160, 9))).isEqualTo(0.25);
    LearningRateSchedule none = create(new StepScheduleFactory(), Map.of("milestones", ""));
    assertThat(none.rate(1, at(160, 9))).isEqualTo(1);
  }

  @Test
  void cosinePassesThroughItsKnownPoints() {
    LearningRateSchedule cosine = create(new CosineScheduleFactory(), Map.of());
    // cos(0) = 1, cos(60 degrees) = 1/2, cos(90 degrees) = 0, cos(120 degrees) = -1/2.
    assertThat(cosine.rate(2, new TrainingPosition(1, 3, 0, 4))).isEqualTo(2);
    assertThat(cosine.rate(2, new TrainingPosition(2, 3, 0, 4))).isCloseTo(1.5, within(1e-15));
    assertThat(cosine.rate(2, new TrainingPosition(2, 3, 2, 4))).isCloseTo(1, within(1e-15));
    assertThat(cosine.rate(2, new TrainingPosition(3, 3, 0, 4))).isCloseTo(0.5, within(1e-15));
  }

  @Test
  void cosineFallsInEveryUpdateTowardsTheMinimum() {
    LearningRateSchedule cosine =
        create(new CosineScheduleFactory(), Map.of("minimum-rate-share", "0.1"));
    double last = Double.POSITIVE_INFINITY;
    for (int epoch = 1; epoch <= 160; epoch++) {
      for (int step = 0; step < 10; step++) {
        double rate = cosine.rate(0.01, at(epoch, step));
        assertThat(rate).isLessThan(last).isGreaterThan(0.001);
        last = rate;
      }
    }
    // 1 + cos(pi (1 - x)) is less than (pi x)^2 / 2, here with x = 1/1600.
    assertThat(last).isCloseTo(0.001, within(0.009 * Math.pow(Math.PI / 1600, 2) / 4));
  }

  @Test
  void linearFallsInALineFromTheBaseRateToItsEnd() {
    LearningRateSchedule linear = create(new LinearScheduleFactory(), Map.of());
    assertThat(linear.rate(2, new TrainingPosition(1, 4, 0, 8))).isEqualTo(2);
    assertThat(linear.rate(2, new TrainingPosition(2, 4, 0, 8))).isEqualTo(1.5);
    assertThat(linear.rate(2, new TrainingPosition(3, 4, 4, 8))).isEqualTo(0.75);
    // The update after the last would have 0.
    assertThat(linear.rate(2, new TrainingPosition(4, 4, 7, 8))).isEqualTo(2.0 / 32);
    LearningRateSchedule toAShare =
        create(new LinearScheduleFactory(), Map.of("minimum-rate-share", "0.25"));
    assertThat(toAShare.rate(2, new TrainingPosition(3, 4, 0, 8))).isEqualTo(1.25);
  }

  @Test
  void aPeriodStartsAtTheBaseRateAndIsFactorTimesAsLongAsTheLast() {
    LearningRateSchedule restarts =
        create(
            new CosineRestartsScheduleFactory(), Map.of("first-period", "2", "period-factor", "3"));
    // Periods of 2, 6 and 18 epochs begin with epochs 1, 3 and 9.
    for (int start : new int[] {1, 3, 9}) {
      assertThat(restarts.rate(2, at(start, 0))).as("epoch %d", start).isEqualTo(2);
    }
    // Half of a period is half of the rate; cos(60 degrees) = 1/2 at a third of one.
    assertThat(restarts.rate(2, at(2, 0))).isCloseTo(1, within(1e-15));
    assertThat(restarts.rate(2, at(5, 0))).isCloseTo(1.5, within(1e-15));
    assertThat(restarts.rate(2, at(6, 0))).isCloseTo(1, within(1e-15));
    assertThat(restarts.rate(2, at(18, 0))).isCloseTo(1, within(1e-15));
    // 1 + cos(pi (1 - x)) is less than (pi x)^2 / 2, here with x = 1/60: the last of period 2.
    assertThat(restarts.rate(2, at(8, 9))).isBetween(0.0, Math.pow(Math.PI / 60, 2) / 2);
  }

  @Test
  void onePeriodOverTheWholeRunIsCosine() {
    LearningRateSchedule cosine =
        create(new CosineScheduleFactory(), Map.of("minimum-rate-share", "0.1"));
    LearningRateSchedule restarts =
        create(
            new CosineRestartsScheduleFactory(),
            Map.of("first-period", "160", "minimum-rate-share", "0.1"));
    for (int epoch = 1; epoch <= 160; epoch++) {
      assertThat(restarts.rate(0.3, at(epoch, 4))).isEqualTo(cosine.rate(0.3, at(epoch, 4)));
    }
  }

  @Test
  void periodsOfOneLengthRepeatThemselves() {
    LearningRateSchedule restarts =
        create(
            new CosineRestartsScheduleFactory(), Map.of("first-period", "3", "period-factor", "1"));
    // 160 = 3 * 53 + 1. Half a cosine wave over 3 epochs is nowhere steeper than 0.53 an epoch, and
    // the position as a real number is off by at most half an ulp of 160, 2^-46.
    assertThat(restarts.rate(1, at(160, 7))).isCloseTo(restarts.rate(1, at(1, 7)), within(0x1p-45));
    assertThat(restarts.rate(1, at(159, 7))).isCloseTo(restarts.rate(1, at(3, 7)), within(0x1p-45));
  }

  private static LearningRateSchedule create(
      LearningRateScheduleFactory factory, Map<String, String> given) {
    return factory.create(Options.of(factory.options(), given));
  }

  private static TrainingPosition at(int epoch, int step) {
    return new TrainingPosition(epoch, 160, step, 10);
  }
}
