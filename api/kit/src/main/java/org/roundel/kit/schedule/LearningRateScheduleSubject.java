package org.roundel.kit.schedule;

import java.util.Map;
import org.roundel.api.Options;
import org.roundel.api.schedule.LearningRateSchedule;
import org.roundel.api.schedule.LearningRateScheduleFactory;
import org.roundel.kit.rule.Subject;

/**
 * A learning-rate schedule under test.
 *
 * @param factory makes it
 * @param values the option values that differ from the default
 */
public record LearningRateScheduleSubject(
    LearningRateScheduleFactory factory, Map<String, String> values) implements Subject {

  LearningRateSchedule create() {
    return factory.create(options());
  }

  @Override
  public void tryOut(Options options) {
    LearningRateScheduleRules.requireRates(factory.create(options));
  }
}
