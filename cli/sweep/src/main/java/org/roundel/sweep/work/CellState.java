package org.roundel.sweep.work;

import java.nio.file.Files;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunSettings;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.record.RunRecord;
import org.roundel.core.run.RunDirectory;
import org.roundel.sweep.cell.Cell;
import org.roundel.sweep.lease.Leases;
import org.roundel.sweep.lease.Owner;

/**
 * How far a cell is.
 *
 * @param phase what it is doing, or how it ended
 * @param holder who trains it, as far as files tell at one glance; null if nobody does
 * @param epochs how many are done
 * @param planned how many there will be
 * @param best the epoch with the lowest error; null if none is done
 * @param message why it diverged, failed or cannot be read; empty else
 */
public record CellState(
    Cell cell,
    Phase phase,
    @Nullable Owner holder,
    int epochs,
    int planned,
    @Nullable EpochCompleted best,
    String message) {
  /** What a cell is doing, or how it ended. */
  public enum Phase {
    /** Nobody has begun it. */
    WAITING,
    /** Somebody trains it. */
    RUNNING,
    /** It was begun, and can be gone on with. */
    STOPPED,
    /** Nothing is left to do. */
    FINISHED,
    /** Its training diverged. */
    DIVERGED,
    /** It could not be trained to its end. */
    FAILED;

    /** Returns the word that people and programs read. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Looks at a cell of a sweep, which may be going on. */
  public static CellState of(SweepDirectory sweep, Cell cell) {
    int planned = cell.configuration().get(RunSettings.EPOCHS);
    CellFault fault = null;
    String unreadable = "";
    try {
      fault = sweep.fault(cell);
    } catch (RoundelException unread) {
      unreadable = String.valueOf(unread.getMessage());
    }
    Owner holder = Leases.holder(sweep.leases(), cell.name());
    RunRecord record = null;
    boolean begun = Files.exists(sweep.run(cell).resolve(RunDirectory.MANIFEST));
    if (begun) {
      try {
        record = RunRecord.read(sweep.run(cell));
      } catch (RoundelException damaged) {
        unreadable = String.valueOf(damaged.getMessage());
      }
    }
    int epochs = record == null ? 0 : record.epochs().size();
    EpochCompleted best = record == null ? null : record.best();
    Phase phase = begun ? Phase.STOPPED : Phase.WAITING;
    if (record != null && record.isFinished()) {
      phase = Phase.FINISHED;
    } else if (holder != null) {
      phase = Phase.RUNNING;
    } else if (fault != null) {
      phase = fault.diverged() ? Phase.DIVERGED : Phase.FAILED;
    }
    String message = fault == null ? unreadable : fault.message();
    if (phase == Phase.RUNNING || phase == Phase.FINISHED) {
      // A run that just begins has not all of its files, and what failed once may be tried again.
      message = "";
    }
    return new CellState(cell, phase, holder, epochs, planned, best, message);
  }
}
