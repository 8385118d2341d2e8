package org.roundel.cli.command.sweep;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.roundel.cli.error.ExitCodes;
import org.roundel.cli.spark.SparkCommands;
import org.roundel.cli.spark.SparkCommands.Ended;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.shard.ClusterFailure;
import org.roundel.sweep.cell.Cell;
import org.roundel.sweep.work.CellState;
import org.roundel.sweep.work.SweepDirectory;

/**
 * Has the cells of a sweep trained by executors of Spark, each by a {@code roundel work} of its
 * own. These take leases as all others do, so others may work on the same sweep at the same time.
 * Used by one thread.
 */
final class CellsOnSpark {
  /** How often a cell is given out that comes back as it was. */
  private static final int MOST_TRIES = 4;

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final String PREFIX = "roundel: ";

  private final SweepDirectory sweep;
  private final SparkCommands spark;
  private final List<String> options;
  private final boolean retries;
  private final WorkReport report;
  private final BooleanSupplier stop;
  private final Deque<Cell> waiting = new ArrayDeque<>();
  private final List<Given> given = new ArrayList<>();
  private final Map<String, Integer> tries = new HashMap<>();

  /** A cell that an executor has, or will. */
  private record Given(Cell cell, SparkCommands.Running running) {}

  /**
   * Makes one.
   *
   * @param options of the commands
   * @param retries whether cells are tried again that have diverged or failed before
   * @param stop when it says true no more cells are given out, and work ends
   */
  CellsOnSpark(
      SweepDirectory sweep,
      SparkCommands spark,
      List<String> options,
      boolean retries,
      WorkReport report,
      BooleanSupplier stop) {
    this.sweep = sweep;
    this.spark = spark;
    this.options = options;
    this.retries = retries;
    this.report = report;
    this.stop = stop;
  }

  /**
   * Has cells trained, those that others train at last: they may be left by then.
   *
   * @return those that are left: to others, or because work was told to stop
   * @throws RoundelException if an executor cannot work on the sweep at all, or there is none
   */
  List<Cell> work(List<Cell> cells) {
    cells.stream()
        .map(cell -> CellState.of(sweep, cell))
        .filter(this::isOpen)
        .sorted(Comparator.comparing(state -> state.phase() == CellState.Phase.RUNNING))
        .forEach(state -> waiting.add(state.cell()));
    List<Cell> left = new ArrayList<>();
    while (!stop.getAsBoolean() && !(waiting.isEmpty() && given.isEmpty())) {
      giveOut();
      LockSupport.parkNanos(PAUSE);
      takeIn(left);
    }
    left.addAll(waiting);
    given.forEach(each -> left.add(each.cell()));
    return left;
  }

  private boolean isOpen(CellState state) {
    return switch (state.phase()) {
      case WAITING, RUNNING, STOPPED -> true;
      case DIVERGED, FAILED -> retries && !tries.containsKey(state.cell().name());
      case FINISHED -> false;
    };
  }

  private void giveOut() {
    // Spark would keep any number of them, but others could not take what it keeps.
    for (int free = spark.executors() - given.size(); free > 0 && !waiting.isEmpty(); free--) {
      Cell cell = waiting.remove();
      tries.merge(cell.name(), 1, Integer::sum);
      List<String> command = new ArrayList<>(List.of("work", sweep.path().toString()));
      command.addAll(List.of("--cell", cell.name(), "--until-eof"));
      command.addAll(options);
      given.add(new Given(cell, spark.start(command)));
      report.begun(cell);
    }
  }

  private void takeIn(List<Cell> left) {
    for (Given each : List.copyOf(given)) {
      if (each.running().isDone()) {
        given.remove(each);
        ended(each.cell(), each.running(), left);
      }
    }
  }

  private void ended(Cell cell, SparkCommands.Running running, List<Cell> left) {
    Ended end;
    try {
      end = running.end();
    } catch (ClusterFailure failed) {
      report.lost(cell, failed);
      left.add(cell);
      return;
    }
    boolean decided =
        switch (CellState.of(sweep, cell).phase()) {
          case FINISHED, DIVERGED, FAILED -> true;
          case WAITING, RUNNING, STOPPED -> false;
        };
    if (!decided && isFault(end)) {
      // Of that process, as for want of memory: it says nothing of the other cells.
      if (tries.get(cell.name()) < MOST_TRIES) {
        waiting.add(cell);
      } else {
        report.lost(cell, failure(end));
        left.add(cell);
      }
      return;
    }
    if (!decided && end.exitCode() != ExitCodes.OK && !WorkReport.isLeft(cell, end)) {
      throw failure(end);
    }
    boolean comesAgain = report.relay(cell, end);
    if (!decided && comesAgain && tries.get(cell.name()) < MOST_TRIES) {
      waiting.add(cell);
    } else if (!decided) {
      left.add(cell);
    }
  }

  /** Returns whether a process broke down, with no word of this program's. */
  private static boolean isFault(Ended end) {
    return end.exitCode() == ExitCodes.INTERNAL;
  }

  private static RoundelException failure(Ended end) {
    return new RoundelException(
        end.exitCode() == ExitCodes.PLUGIN ? ErrorKind.PLUGIN : ErrorKind.CONFIGURATION,
        end.executor() + ": " + reason(end));
  }

  /** Returns what a command says of why it does not work at all. */
  private static String reason(Ended end) {
    return end.err()
        .lines()
        .filter(line -> line.startsWith(PREFIX) && !line.startsWith(PREFIX + "warning:"))
        .findFirst()
        .map(line -> line.substring(PREFIX.length()))
        .orElseGet(() -> end.err().lines().findFirst().orElse("exit code " + end.exitCode()));
  }
}
