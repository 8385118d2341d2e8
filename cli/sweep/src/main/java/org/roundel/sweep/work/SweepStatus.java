package org.roundel.sweep.work;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How far a sweep is.
 *
 * @param cells every cell, in the order of the sweep
 */
public record SweepStatus(List<CellState> cells) {
  /** Copies the list. */
  public SweepStatus {
    cells = List.copyOf(cells);
  }

  /**
   * Looks at a sweep, which may be going on.
   *
   * @throws org.roundel.core.RoundelException if the cells cannot be read
   */
  public static SweepStatus of(SweepDirectory sweep) {
    return new SweepStatus(sweep.cells().stream().map(cell -> CellState.of(sweep, cell)).toList());
  }

  /** Returns how many cells are in each phase, of those that any is in. */
  public Map<CellState.Phase, Integer> counts() {
    Map<CellState.Phase, Integer> counts = new EnumMap<>(CellState.Phase.class);
    cells.forEach(cell -> counts.merge(cell.phase(), 1, Integer::sum));
    return counts;
  }
}
