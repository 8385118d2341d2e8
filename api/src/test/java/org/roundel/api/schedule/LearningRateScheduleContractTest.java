package org.roundel.api.schedule;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.roundel.api.Options;

/** The contract accepts a correct schedule and finds each of these faults. */
class LearningRateScheduleContractTest {
  private static final Map<String, String> DEFAULTS = Map.of();
  private static final LearningRateSchedule HALF = (baseRate, position) -> baseRate / 2;

  @Test
  void acceptsACorrectSchedule() {
    LearningRateScheduleContract contract = contract(HALF);
    contract.everyRateIsFiniteAndAtLeastZero(DEFAULTS);
    contract.someUpdateHasAPositiveRate(DEFAULTS);
    contract.aRateDependsOnThePositionOnly(DEFAULTS);
  }

  @Test
  void findsRatesThatAreNone() {
    assertFails(
        () ->
            contract((baseRate, position) -> baseRate / position.stepInEpoch())
                .everyRateIsFiniteAndAtLeastZero(DEFAULTS));
    assertFails(
        () ->
            contract((baseRate, position) -> baseRate - position.epoch())
                .everyRateIsFiniteAndAtLeastZero(DEFAULTS));
    assertFails(() -> contract((baseRate, position) -> 0).someUpdateHasAPositiveRate(DEFAULTS));
  }

  @Test
  void findsMemoryBetweenCalls() {
    AtomicInteger calls = new AtomicInteger();
    assertFails(
        () ->
            contract((baseRate, position) -> baseRate / calls.incrementAndGet())
                .aRateDependsOnThePositionOnly(DEFAULTS));
  }

  private static void assertFails(ThrowingCallable test) {
    assertThatThrownBy(test).isInstanceOf(AssertionError.class);
  }

  private static LearningRateScheduleContract contract(LearningRateSchedule schedule) {
    return new LearningRateScheduleContract() {
      @Override
      protected LearningRateScheduleFactory factory() {
        return new LearningRateScheduleFactory() {
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
      }
    };
  }
}
