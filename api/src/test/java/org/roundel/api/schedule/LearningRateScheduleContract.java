package org.roundel.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundel.api.ComponentFactory;
import org.roundel.api.ComponentFactoryContract;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;

/**
 * What every {@link LearningRateSchedule} keeps to. A plugin's test extends it:
 *
 * <pre>{@code
 * class ExponentialContractTest extends LearningRateScheduleContract {
 *   @Override
 *   protected LearningRateScheduleFactory factory() {
 *     return new ExponentialFactory();
 *   }
 * }
 * }</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LearningRateScheduleContract
    extends ComponentFactoryContract<LearningRateScheduleFactory> {
  /** Returns the option values to run every test with; the default is the options' defaults. */
  protected List<Map<String, String>> variants() {
    return List.of(Map.of());
  }

  @Override
  protected final List<? extends ComponentFactory> offeredBy(RoundelPlugin plugin) {
    return plugin.schedules();
  }

  @Override
  protected final LearningRateSchedule create(
      LearningRateScheduleFactory factory, Options options) {
    return factory.create(options);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void everyRateIsFiniteAndAtLeastZero(Map<String, String> variant) {
    LearningRateSchedule schedule = schedule(variant);
    for (TrainingPosition position : positions()) {
      for (double baseRate : new double[] {1e-12, 0.01, 10}) {
        assertThat(schedule.rate(baseRate, position))
            .as("base rate %s at %s", baseRate, position)
            .isFinite()
            .isNotNegative();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void someUpdateHasAPositiveRate(Map<String, String> variant) {
    LearningRateSchedule schedule = schedule(variant);
    double highest = 0;
    for (TrainingPosition position : positions()) {
      highest = Math.max(highest, schedule.rate(0.01, position));
    }
    assertThat(highest).isPositive();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void aRateDependsOnThePositionOnly(Map<String, String> variant) {
    List<TrainingPosition> positions = positions();
    List<Double> forwards = rates(schedule(variant), positions);
    Collections.reverse(positions);
    List<Double> backwards = rates(schedule(variant), positions);
    Collections.reverse(backwards);
    assertThat(backwards).as("asked in the opposite order").isEqualTo(forwards);
  }

  private LearningRateSchedule schedule(Map<String, String> variant) {
    return create(factory(), options(variant));
  }

  private static List<Double> rates(
      LearningRateSchedule schedule, List<TrainingPosition> positions) {
    List<Double> rates = new ArrayList<>();
    for (TrainingPosition position : positions) {
      rates.add(schedule.rate(0.01, position));
    }
    return rates;
  }

  /** Returns every update of a short run, a long one and one of a single update. */
  private static List<TrainingPosition> positions() {
    List<TrainingPosition> positions = new ArrayList<>();
    for (int[] run : new int[][] {{1, 1}, {3, 10}, {160, 7}}) {
      for (int epoch = 1; epoch <= run[0]; epoch++) {
        for (int step = 0; step < run[1]; step++) {
          positions.add(new TrainingPosition(epoch, run[0], step, run[1]));
        }
      }
    }
    return positions;
  }
}
