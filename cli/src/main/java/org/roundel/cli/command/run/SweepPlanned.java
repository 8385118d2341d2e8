package org.roundel.cli.command.run;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunSettings;
import org.roundel.page.run.PlannedRun;
import org.roundel.page.run.RunPhase;
import org.roundel.sweep.cell.Cell;
import org.roundel.sweep.lease.Leases;
import org.roundel.sweep.lease.Owner;
import org.roundel.sweep.work.CellFault;
import org.roundel.sweep.work.SweepDirectory;

/**
 * The cells of a sweep as the page shows them. Used by several threads.
 *
 * @param sweep whose cells; it may grow meanwhile
 */
record SweepPlanned(SweepDirectory sweep) {
  /** Returns every cell as it is now; none where they cannot be read. */
  List<PlannedRun> runs() {
    try {
      return sweep.cells().stream().map(this::planned).toList();
    } catch (RoundelException unreadable) {
      return List.of();
    }
  }

  private PlannedRun planned(Cell cell) {
    Owner holder = Leases.holder(sweep.leases(), cell.name());
    CellFault fault = fault(cell);
    return new PlannedRun(
        cell.name(),
        phase(holder, fault),
        holder == null ? "" : holder.place(),
        fault == null ? "" : fault.message(),
        cell.configuration().get(RunSettings.EPOCHS),
        cell.configuration().resolved());
  }

  /** One that cannot be read hides no cell. */
  private @Nullable CellFault fault(Cell cell) {
    try {
      return sweep.fault(cell);
    } catch (RoundelException unreadable) {
      return null;
    }
  }

  private static @Nullable RunPhase phase(@Nullable Owner holder, @Nullable CellFault fault) {
    if (holder != null) {
      return RunPhase.RUNNING;
    }
    if (fault == null) {
      return null;
    }
    return fault.diverged() ? RunPhase.DIVERGED : RunPhase.FAILED;
  }
}
