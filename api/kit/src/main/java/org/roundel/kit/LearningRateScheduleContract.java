package org.roundel.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.roundel.api.schedule.LearningRateScheduleFactory;
import org.roundel.kit.rule.Rule;
import org.roundel.kit.schedule.LearningRateScheduleRules;
import org.roundel.kit.schedule.LearningRateScheduleSubject;

/**
 * What every {@link org.roundel.api.schedule.LearningRateSchedule} keeps to. A plugin's test
 * extends it:
 *
 * <pre>{@code
 * class ExponentialContractTest extends LearningRateScheduleContract {
 *   @Override
 *   protected LearningRateScheduleFactory factory() {
 *     return new ExponentialFactory();
 *   }
 *
 *   @Override
 *   protected List<Map<String, String>> variants() {
 *     return List.of(Map.of(), Map.of("decay", "0.9"));
 *   }
 * }
 * }</pre>
 */
public abstract class LearningRateScheduleContract
    extends ComponentContract<LearningRateScheduleSubject> {
  /** Returns the factory under test. */
  protected abstract LearningRateScheduleFactory factory();

  /** Returns the option values to check every rule with; the default is the options' defaults. */
  protected List<Map<String, String>> variants() {
    return List.of(Map.of());
  }

  @Override
  final LearningRateScheduleSubject subject() {
    return new LearningRateScheduleSubject(factory(), Map.of());
  }

  @Override
  final List<LearningRateScheduleSubject> subjects() {
    List<LearningRateScheduleSubject> subjects = new ArrayList<>();
    for (Map<String, String> variant : variants()) {
      subjects.add(new LearningRateScheduleSubject(factory(), variant));
    }
    return subjects;
  }

  @Override
  final List<Rule<LearningRateScheduleSubject>> rules() {
    return LearningRateScheduleRules.all();
  }
}
