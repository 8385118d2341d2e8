package org.roundel.sweep.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.run.AtomicFiles;
import org.roundel.core.run.IoFailure;
import org.roundel.core.run.RunDirectory;
import org.roundel.sweep.cell.Cell;

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

  /** Returns why nobody goes on with a cell; null if nothing of the kind was recorded. */
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
   * Writes the cells, all or none.
   *
   * @param text of the sweep file; kept for people
   * @throws RoundelException if the directory cannot be written
   */
  public void write(List<Cell> cells, String text) {
    write(cells);
    AtomicFiles.write(path.resolve(FILE), text);
  }

  /**
   * Writes cells that no file was made for, all or none.
   *
   * @throws RoundelException if the directory cannot be written
   */
  public void write(List<Cell> cells) {
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
    CellsFile.write(path.resolve(CELLS), cells);
  }

  /**
   * Makes sure that the directory is still there, as one on another machine may not be.
   *
   * @throws RoundelException if it is not
   */
  void requireReachable() {
    try {
      Files.readAllBytes(path.resolve(CELLS));
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
