package org.roundel.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.roundel.api.training.Moment;

class RunLengthTest {
  private final RunLength length = new RunLength(4, 5);

  @Test
  void everyUpdateHasItsEpochAndShareOfTheRun() {
    assertThat(length.at(0, 0)).isEqualTo(Moment.start());
    assertThat(length.at(1, 0.1)).isEqualTo(new Moment(1, 1, 0, 0.1, 1));
    assertThat(length.at(5, 0.1)).isEqualTo(new Moment(5, 1, 0.2, 0.1, 1));
    assertThat(length.at(6, 0.1)).isEqualTo(new Moment(6, 2, 0.25, 0.1, 1));
    assertThat(length.at(20, 0.1)).isEqualTo(new Moment(20, 4, 0.95, 0.1, 1));
  }

  @Test
  void afterTheLastUpdateTheRunIsAtItsEnd() {
    assertThat(length.at(21, 0)).isEqualTo(new Moment(21, 4, 1, 0, 1));
    assertThat(length.at(22, 0).progress()).isEqualTo(1);
  }
}
