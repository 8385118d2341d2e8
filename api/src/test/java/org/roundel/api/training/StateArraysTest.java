package org.roundel.api.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.roundel.api.training.StateArray.Extent;

class StateArraysTest {
  @Test
  void arraysHaveTheExtentThatWasDeclaredAndStartAtZero() {
    StateArrays state =
        StateArrays.allocate(
            List.of(
                StateArray.kept("average", Extent.WEIGHTS),
                StateArray.learned("scale", Extent.CHANNELS),
                StateArray.kept("count", Extent.ONE)),
            4,
            3);
    assertThat(state.values("average").shape()).containsExactly(4, 3);
    assertThat(state.values("scale").shape()).containsExactly(4);
    assertThat(state.gradient("scale").shape()).containsExactly(4);
    assertThat(state.values("count").shape()).containsExactly(1);
    assertThat(state.values("average").amaxNumber().doubleValue()).isZero();
  }

  @Test
  void whatWasNotDeclaredIsRefused() {
    StateArrays state = StateArrays.allocate(List.of(StateArray.kept("count", Extent.ONE)), 2, 2);
    assertThatThrownBy(() -> state.values("average"))
        .hasMessage("state array 'average' is not declared; declared: [count]");
    assertThatThrownBy(() -> state.gradient("count"))
        .hasMessage("state array 'count' is not declared as learned");
    StateArray twice = StateArray.kept("count", Extent.ONE);
    assertThatThrownBy(() -> StateArrays.allocate(List.of(twice, twice), 2, 2))
        .hasMessage("two state arrays are named 'count'");
  }

  @Test
  void aMomentHasASenseOfTime() {
    assertThat(Moment.start()).isEqualTo(new Moment(0, 0, 0, 0, 1));
    for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> new Moment(1, 1, wrong, 0.1, 1))
          .hasMessageContaining("progress " + wrong);
    }
    assertThatThrownBy(() -> new Moment(1, 1, 0, 0.1, 0)).hasMessageContaining("loss scale 0.0");
  }
}
