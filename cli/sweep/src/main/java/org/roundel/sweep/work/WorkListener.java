package org.roundel.sweep.work;

import org.roundel.core.event.TrainingListener;
import org.roundel.sweep.cell.Cell;
import org.roundel.sweep.cell.CellEnd;

/** Is told what a worker does. All calls come from its thread. */
public interface WorkListener {
  /**
   * A cell is about to be trained, or gone on with.
   *
   * @return who is told what happens in its run
   */
  TrainingListener begins(Cell cell);

  /** A cell that was taken is let go of; it need not have begun. */
  void ended(Cell cell, CellEnd end);

  /** Nothing is free; others' cells are watched until each is known to be in living hands. */
  default void watches() {}
}
