package org.roundel.sweep.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.roundel.core.RoundelException;
import org.roundel.sweep.cell.Cell;
import org.roundel.sweep.cell.CellEnd;
import org.roundel.sweep.cell.CellOutcome;
import org.roundel.sweep.cell.CellTrainer;
import org.roundel.sweep.lease.Lease;
import org.roundel.sweep.lease.LeaseLostException;
import org.roundel.sweep.lease.Leases;
import org.roundel.sweep.lease.Owner;

/**
 * Takes a free cell, trains it or goes on with it, takes the next, until none is left that is not
 * finished, given up or in the hands of another living process. For one thread.
 */
public final class Worker {
  /**
   * How often a run is asked for whose lease is free and whose directory is in use, and for how
   * many heartbeats a record that cannot be read.
   */
  private static final int MOST_TRIES = 8;

  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

  private final SweepDirectory sweep;
  private final CellTrainer trainer;
  private final Leases leases;
  private final WorkListener listener;
  private final BooleanSupplier stop;
  private final String host = Owner.ofThisProcess().host();
  private final Map<String, Cell> open = new LinkedHashMap<>();
  private final Map<String, CellFault> forgiven = new HashMap<>();
  private final Map<String, Integer> tries = new HashMap<>();
  private final Map<String, Integer> unread = new HashMap<>();

  /**
   * Makes one.
   *
   * @param stop polled between updates; when it says true, a checkpoint is written and work ends
   */
  public Worker(
      SweepDirectory sweep,
      CellTrainer trainer,
      Leases leases,
      WorkListener listener,
      BooleanSupplier stop) {
    this.sweep = sweep;
    this.trainer = trainer;
    this.leases = leases;
    this.listener = listener;
    this.stop = stop;
  }

  /** Tries cells once more that have diverged or failed before now. */
  public void forgive(List<Cell> cells) {
    for (Cell cell : cells) {
      CellFault fault = sweep.fault(cell);
      if (fault != null) {
        forgiven.put(cell.name(), fault);
      }
    }
  }

  /**
   * Works.
   *
   * @return the cells that are left: to others, or because work was told to stop
   * @throws RoundelException if the sweep's directory can no longer be read or written; what goes
   *     wrong with one cell is told to the listener and recorded, and the next is taken
   */
  public List<Cell> work(List<Cell> cells) {
    cells.forEach(cell -> open.put(cell.name(), cell));
    while (!stop.getAsBoolean() && pass()) {}
    return List.copyOf(open.values());
  }

  /** Trains the first cell that can be had; returns false if there is nothing more to wait for. */
  private boolean pass() {
    boolean unknown = false;
    for (Cell cell : List.copyOf(open.values())) {
      if (stop.getAsBoolean()) {
        return false;
      }
      try {
        if (isDecided(cell)) {
          open.remove(cell.name());
          continue;
        }
        unread.remove(cell.name());
      } catch (RoundelException unreadable) {
        // Nobody knows whether it is given up: it is asked again, and left alone until then.
        sweep.requireReachable();
        unknown |= unread.computeIfAbsent(cell.name(), none -> 0) < MOST_TRIES;
        continue;
      }
      Lease lease = tries.getOrDefault(cell.name(), 0) < MOST_TRIES ? take(cell) : null;
      if (lease == null) {
        unknown |= !tries.containsKey(cell.name()) && !leases.isAlive(cell.name());
        continue;
      }
      CellEnd end = train(cell, lease);
      listener.ended(cell, end);
      if (end.outcome() == CellOutcome.TOO_LARGE) {
        tries.put(cell.name(), MOST_TRIES);
      }
      if (end.outcome() != CellOutcome.IN_USE) {
        return true;
      }
      unknown |= tries.merge(cell.name(), 1, Integer::sum) < MOST_TRIES;
    }
    if (unknown) {
      listener.watches();
      pause(leases.heartbeat().toNanos());
      unread.replaceAll((cell, heartbeats) -> heartbeats + 1);
    }
    return unknown;
  }

  private @Nullable Lease take(Cell cell) {
    try {
      return leases.take(cell.name());
    } catch (RoundelException failed) {
      sweep.requireReachable();
      throw failed;
    }
  }

  /**
   * Returns whether nothing is to be done with a cell, by anybody.
   *
   * @throws RoundelException if what was recorded of it cannot be read
   */
  private boolean isDecided(Cell cell) {
    CellFault fault = sweep.fault(cell);
    if (fault != null) {
      return fault.holdsOn(host) && !fault.equals(forgiven.get(cell.name()));
    }
    try {
      return trainer.isFinished(cell, sweep.run(cell));
    } catch (RoundelException unreadable) {
      // Told and recorded by who tries to train it.
      return false;
    }
  }

  private CellEnd train(Cell cell, Lease lease) {
    try (lease) {
      while (lease.isSettling() && !stop.getAsBoolean()) {
        LockSupport.parkNanos(LONGEST_PAUSE);
        lease.requireHeld();
      }
      if (stop.getAsBoolean()) {
        return new CellEnd(CellOutcome.INTERRUPTED, null);
      }
      // Whoever had it may have ended it after it was looked at.
      if (isDecided(cell)) {
        return new CellEnd(CellOutcome.FOUND, null);
      }
      // Between two cells the directory may have gone away.
      sweep.requireReachable();
      FencedListener told = new FencedListener(sweep, lease, listener.begins(cell));
      CellEnd end = trainer.train(cell, sweep.run(cell), told, () -> isToStop(lease));
      record(cell, lease, end, told.hasBegun());
      return end;
    } catch (LeaseLostException lost) {
      sweep.requireReachable();
      return new CellEnd(CellOutcome.TAKEN_OVER, lost);
    }
  }

  private boolean isToStop(Lease lease) {
    lease.requireHeld();
    return stop.getAsBoolean();
  }

  private void record(Cell cell, Lease lease, CellEnd end, boolean begun) {
    Path file = sweep.outcome(cell);
    switch (end.outcome()) {
      case DIVERGED, FAILED -> {
        sweep.requireReachable();
        lease.confirm();
        forgiven.remove(cell.name());
        CellFault.of(end, begun, host).write(file);
      }
      case TRAINED -> {
        lease.confirm();
        forget(file);
      }
      default -> {
        // The run itself says all.
      }
    }
  }

  private static void forget(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    while (!stop.getAsBoolean() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(Math.min(LONGEST_PAUSE, Math.max(1, end - System.nanoTime())));
    }
  }
}
