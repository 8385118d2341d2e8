package org.roundel.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.roundel.api.schedule.TrainingPosition;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

class LearningRatesTest {
  @Test
  void withoutWarmUpTheScheduleRules() {
    LearningRates rates = new LearningRates((base, position) -> base / position.epoch(), 0.8, 0);
    assertThat(rates.rate(new TrainingPosition(1, 10, 0, 100))).isEqualTo(0.8);
    assertThat(rates.rate(new TrainingPosition(4, 10, 99, 100))).isEqualTo(0.2);
  }

  @Test
  void warmUpGrowsInALineToWhatTheScheduleSays() {
    LearningRates rates = new LearningRates((base, position) -> base, 1, 2.5);
    assertThat(rates.rate(new TrainingPosition(1, 10, 0, 10))).isEqualTo(1 / 25.0, within(1e-15));
    assertThat(rates.rate(new TrainingPosition(2, 10, 4, 10))).isEqualTo(15 / 25.0, within(1e-15));
    assertThat(rates.rate(new TrainingPosition(3, 10, 3, 10))).isEqualTo(24 / 25.0, within(1e-15));
    assertThat(rates.rate(new TrainingPosition(3, 10, 4, 10))).isEqualTo(1);
    assertThat(rates.rate(new TrainingPosition(9, 10, 0, 10))).isEqualTo(1);
  }

  @Test
  void aRateThatIsNoneIsThePluginsFault() {
    LearningRates rates = new LearningRates((base, position) -> Double.NaN, 1, 0);
    assertThatThrownBy(() -> rates.rate(new TrainingPosition(2, 10, 0, 10)))
        .isInstanceOfSatisfying(
            RoundelException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.PLUGIN))
        .hasMessageContaining("the learning rate NaN in epoch 2");
  }
}
