package org.roundel.sweep.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.run.AtomicFiles;
import org.roundel.core.run.IoFailure;
import org.roundel.core.run.RunDirectory;
import org.roundel.sweep.cell.Cell;
import org.roundel.sweep.lease.Lease;
import org.roundel.sweep.lease.LeaseLostException;

/**
 * The directory of a sweep.
 *
 * <pre>
 *   cells.json      every cell: its name and its settings
 *   sweep.yaml      the file that it was made from, for people
 *   runs/NAME/      a cell's run, as any other
 *   leases/NAME/    who trains it
 *   outcomes/NAME.json  what the run itself does not say: that it diverged or failed
 * </pre>
 *
 * <p>Nothing in it knows where it lies, so it may be moved while nobody works in it.
 */
public final class SweepDirectory {
  /** The file whose presence says that a directory holds a sweep. */
  public static final String CELLS = "cells.json";

  private static final String FILE = "sweep.yaml";
  private static final String RUNS = "runs";
  private static final String LEASES = "leases";
  private static final String OUTCOMES = "outcomes";

  private final Path path;

  private SweepDirectory(Path path) {
    this.path = path;
  }

  /** Returns whether a directory holds a sweep. */
  public static boolean isAt(Path path) {
    return Files.isRegularFile(path.resolve(CELLS));
  }

  /** Returns the directory, which may hold a sweep or be missing. */
  public static SweepDirectory at(Path path) {
    return new SweepDirectory(path);
  }

  /**
   * Returns the directory of a sweep.
   *
   * @throws RoundelException if it holds none
   */
  public static SweepDirectory open(Path path) {
    if (!isAt(path)) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          Files.isDirectory(path)
              ? path
                  + " holds no sweep: it has no "
                  + CELLS
                  + ". Name a directory that 'roundel sweep' has made."
              : "there is no directory " + path + ". Check the path.");
    }
    return new SweepDirectory(path);
  }

  /** Returns the directory itself. */
  public Path path() {
    return path;
  }

  /** Returns the directory of all runs. */
  public Path runs() {
    return path.resolve(RUNS);
  }

  /** Returns the run directory of a cell. */
  public Path run(Cell cell) {
    return runs().resolve(cell.name());
  }

  /**
   * Returns the directories of the runs that have begun, in the order of the cells.
   *
   * @throws RoundelException as {@link #cells} does
   */
  public List<Path> begunRuns() {
    return cells().stream()
        .map(this::run)
        .filter(run -> Files.exists(run.resolve(RunDirectory.MANIFEST)))
        .toList();
  }

  /** Returns the directory of all leases. */
  public Path leases() {
    return path.resolve(LEASES);
  }

  /**
   * Returns why nobody goes on with a cell; null if nothing of the kind was recorded.
   *
   * @throws RoundelException if that cannot be read
   */
  public @Nullable CellFault fault(Cell cell) {
    return CellFault.read(outcome(cell));
  }

  /** Returns the file of a cell's outcome. */
  Path outcome(Cell cell) {
    return path.resolve(OUTCOMES).resolve(cell.name() + ".json");
  }

  /**
   * Returns the cells that there are; none where there is no sweep.
   *
   * @throws RoundelException if the file cannot be read or is damaged
   */
  public List<Cell> cells() {
    return isAt(path) ? CellsFile.read(path.resolve(CELLS)) : List.of();
  }

  /**
   * Adds those of the cells that are not there yet, all or none, and makes the directory where it
   * is missing. Of several processes that do so at a time each adds to what the one before has
   * left.
   *
   * @param all whether cells that are there and not wanted are refused
   * @param text of the sweep file, kept for people; null for cells that no file was made for
   * @return what the sweep is now; nothing is written where there is nothing new
   * @throws RoundelException if a cell would change or is no longer wanted, or the directory cannot
   *     be written
   */
  public SweepGrowth grow(List<Cell> wanted, boolean all, @Nullable String text) {
    return grow(wanted, all, text, Planning.PATIENCE);
  }

  SweepGrowth grow(List<Cell> wanted, boolean all, @Nullable String text, Duration patience) {
    SweepGrowth before = SweepGrowth.of(cells(), wanted, all);
    if (before.added() == 0) {
      return before;
    }
    make();
    try (Lease right = Planning.begin(path, leases(), patience)) {
      // Another may have added some meanwhile.
      SweepGrowth growth = SweepGrowth.of(cells(), wanted, all);
      if (growth.added() > 0) {
        right.confirm();
        if (text != null) {
          // First: once the cells are there, the same words have nothing left to write.
          AtomicFiles.write(path.resolve(FILE), text);
        }
        CellsFile.write(path.resolve(CELLS), growth.cells());
      }
      return growth;
    } catch (LeaseLostException lost) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "nothing was written to "
              + path
              + ": while this process did not respond another began to add cells there. Call this"
              + " again",
          lost);
    }
  }

  private void make() {
    try {
      Files.createDirectories(path);
    } catch (IOException failed) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "the directory "
              + path
              + " cannot be made: "
              + IoFailure.reason(failed, path)
              + ". Choose a directory where you may write.",
          failed);
    }
  }

  /**
   * Makes sure that the directory is still there, as one on another machine may not be.
   *
   * @throws RoundelException if it is not
   */
  public void requireReachable() {
    try {
      CellsFile.bytes(path.resolve(CELLS));
    } catch (IOException failed) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "the directory of the sweep, "
              + path
              + ", has gone away: "
              + IoFailure.describe(failed)
              + ". What was trained is kept up to the last checkpoints there; once it is back, call"
              + " 'roundel work' again",
          failed);
    }
  }
}
