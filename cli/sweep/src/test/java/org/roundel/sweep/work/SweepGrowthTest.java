package org.roundel.sweep.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunConfiguration;
import org.roundel.sweep.cell.Cell;

/** A sweep gets more cells and never others. */
class SweepGrowthTest {
  private final List<Cell> there =
      List.of(
          cell("a", "seed", "1"), cell("b", "seed", "2", "learning-rate", "0.001", "threads", "1"));

  private static Cell cell(String name, String... settings) {
    Map<String, String> values = new HashMap<>();
    for (int index = 0; index < settings.length; index += 2) {
      values.put(settings[index], settings[index + 1]);
    }
    return new Cell(name, RunConfiguration.of(values));
  }

  @Test
  void theSameCellsAreNothingNewHoweverTheyAreWrittenOrNamed() {
    List<Cell> same =
        List.of(cell("other", "learning-rate", "1e-3", "seed", "2"), cell("a", "epochs", "2"));
    assertThat(SweepGrowth.of(there, same, true)).isEqualTo(new SweepGrowth(there, 0));
  }

  @Test
  void cellsThatDifferByTheMachineOnlyAreThereAsOftenAsTheyAreWanted() {
    List<Cell> twice = List.of(cell("1", "threads", "1"), cell("2", "threads", "2"));
    assertThat(SweepGrowth.of(twice, twice, true)).isEqualTo(new SweepGrowth(twice, 0));
    List<Cell> renamed = List.of(cell("x", "threads", "1"), cell("y", "threads", "2"));
    assertThat(SweepGrowth.of(twice, renamed, true)).isEqualTo(new SweepGrowth(twice, 0));
  }

  @Test
  void newCellsComeBehindThoseThatAreThere() {
    Cell added = cell("c", "seed", "3");
    SweepGrowth growth = SweepGrowth.of(there, List.of(added, there.get(1), there.get(0)), true);
    assertThat(growth.cells()).containsExactly(there.get(0), there.get(1), added);
    assertThat(growth.added()).isEqualTo(1);
  }

  @Test
  void aCellThatWouldChangeIsRefusedWithBothSides() {
    List<Cell> changed =
        List.of(cell("a", "seed", "1", "model.width", "2"), cell("b", "seed", "2", "epochs", "3"));
    assertThatThrownBy(() -> SweepGrowth.of(there, changed, true))
        .isInstanceOf(RoundelException.class)
        .hasMessage(
            """
            the sweep has 2 problems:
              1) the cell a would change: model.width is default there and 2 now; give cells other \
            names, or choose another directory
              2) the cell b would change: epochs is 2 there and 3 now; learning-rate is 0.001 there \
            and 0.01 now; give cells other names, or choose another directory""");
  }

  @Test
  void aCellThatIsGoneIsRefusedWhereTheFileIsTheWholeSweep() {
    List<Cell> fewer = List.of(there.get(0));
    assertThatThrownBy(() -> SweepGrowth.of(there, fewer, true))
        .hasMessage(
            "the cell b is there and no longer in the file; a sweep only grows: put it back into"
                + " the file, or choose another directory");
    assertThat(SweepGrowth.of(there, fewer, false)).isEqualTo(new SweepGrowth(there, 0));
  }
}
