package org.roundel.kit.schedule;

import java.util.ArrayList;
import java.util.List;
import org.roundel.api.schedule.LearningRateSchedule;
import org.roundel.api.schedule.TrainingPosition;
import org.roundel.kit.rule.Rule;
import org.roundel.kit.rule.RuleViolation;

/** What every {@link LearningRateSchedule} must do. */
public final class LearningRateScheduleRules {
  private LearningRateScheduleRules() {}

  /** Returns the rules. */
  public static List<Rule<LearningRateScheduleSubject>> all() {
    return List.of(
        Rule.of(
            "every rate is finite and at least zero", subject -> requireRates(subject.create())),
        Rule.of("some update has a positive rate", LearningRateScheduleRules::positive),
        Rule.of("a rate depends on the position only", LearningRateScheduleRules::positionOnly));
  }

  static void requireRates(LearningRateSchedule schedule) {
    for (TrainingPosition position : positions()) {
      for (double baseRate : new double[] {1e-12, 0.01, 10}) {
        double rate = schedule.rate(baseRate, position);
        if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
          throw RuleViolation.of("the rate " + rate, "a finite number of at least 0")
              .with("base rate " + baseRate + ", " + text(position));
        }
      }
    }
  }

  private static void positive(LearningRateScheduleSubject subject) {
    LearningRateSchedule schedule = subject.create();
    double highest = 0;
    for (TrainingPosition position : positions()) {
      highest = Math.max(highest, schedule.rate(0.01, position));
    }
    if (!(highest > 0)) {
      throw RuleViolation.of("no rate above 0 in runs of 1, 3 and 160 epochs", "some above 0")
          .with("base rate 0.01");
    }
  }

  private static void positionOnly(LearningRateScheduleSubject subject) {
    List<TrainingPosition> positions = positions();
    LearningRateSchedule schedule = subject.create();
    double[] forwards = new double[positions.size()];
    for (int index = 0; index < forwards.length; index++) {
      forwards[index] = schedule.rate(0.01, positions.get(index));
    }
    LearningRateSchedule other = subject.create();
    for (int index = forwards.length - 1; index >= 0; index--) {
      double rate = other.rate(0.01, positions.get(index));
      if (rate != forwards[index]) {
        throw RuleViolation.of(
                "the rate "
                    + rate
                    + " where positions are asked for in the opposite order, and "
                    + forwards[index]
                    + " before",
                "the same rate whatever was asked for before")
            .with("base rate 0.01, " + text(positions.get(index)));
      }
    }
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

  private static String text(TrainingPosition position) {
    return "epoch "
        + position.epoch()
        + " of "
        + position.epochs()
        + ", step "
        + position.stepInEpoch()
        + " of "
        + position.stepsPerEpoch();
  }
}
