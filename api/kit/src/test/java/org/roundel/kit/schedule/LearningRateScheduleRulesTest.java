package org.roundel.kit.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.roundel.api.Options;
import org.roundel.api.schedule.LearningRateSchedule;
import org.roundel.api.schedule.LearningRateScheduleFactory;
import org.roundel.kit.rule.TestedRules;

/** The rules accept a correct schedule and find each of these faults. */
class LearningRateScheduleRulesTest {
  @Test
  void acceptsACorrectSchedule() {
    TestedRules.assertKeepsAll(
        LearningRateScheduleRules.all(), subject((baseRate, position) -> baseRate / 2));
  }

  @Test
  void findsRatesThatAreNone() {
    String rule = "every rate is finite and at least zero";
    assertThat(violation(rule, (baseRate, position) -> baseRate / position.stepInEpoch()))
        .contains("the rate Infinity", "base rate 1.0E-12, epoch 1 of 1, step 0 of 1");
    assertThat(violation(rule, (baseRate, position) -> baseRate - position.epoch()))
        .contains("the rate -");
    assertThat(violation(rule, (baseRate, position) -> Double.NaN)).contains("the rate NaN");
    assertThat(violation("some update has a positive rate", (baseRate, position) -> 0))
        .contains("no rate above 0");
  }

  @Test
  void findsMemoryBetweenCalls() {
    AtomicInteger calls = new AtomicInteger();
    assertThat(
            violation(
                "a rate depends on the position only",
                (baseRate, position) -> baseRate / calls.incrementAndGet()))
        .contains("in the opposite order", "epoch 160 of 160, step 6 of 7");
  }

  private static String violation(String rule, LearningRateSchedule schedule) {
    return TestedRules.violation(LearningRateScheduleRules.all(), rule, subject(schedule));
  }

  private static LearningRateScheduleSubject subject(LearningRateSchedule schedule) {
    LearningRateScheduleFactory factory =
        new LearningRateScheduleFactory() {
          @Override
          public String name() {
            return "under-test";
          }

          @Override
          public String description() {
            return "under test";
          }

          @Override
          public LearningRateSchedule create(Options options) {
            return schedule;
          }
        };
    return new LearningRateScheduleSubject(factory, Map.of());
  }
}
