package org.roundel.sweep.cell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunSettings;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.record.RunRecord;
import org.roundel.core.run.RunInUseException;
import org.roundel.core.run.RunPlace;
import org.roundel.core.run.UnstartedRun;
import org.roundel.core.training.MemoryShortageException;
import org.roundel.core.training.NewRun;
import org.roundel.core.training.Trainer;
import org.roundel.sweep.lease.LeaseLostException;

/**
 * Brings cells of an experiment to their end, whatever state they are in: a finished one is left as
 * it is, an interrupted one goes on from its newest checkpoint, one that another process trains is
 * left to it. So an experiment can be stopped at any time, and several processes can share it.
 */
public final class CellTrainer {
  private final Trainer trainer;

  /** Makes one that trains with this trainer. */
  public CellTrainer(Trainer trainer) {
    this.trainer = trainer;
  }

  /**
   * Checks what can be checked without training; see {@link Trainer#check}.
   *
   * @throws RoundelException if training the cell would be refused
   */
  public void check(Cell cell) {
    trainer.check(cell.configuration());
  }

  /**
   * Returns whether the cell has been trained to its end.
   *
   * @param directory the cell's run directory
   * @throws RoundelException if the directory holds a run with another configuration, or is damaged
   */
  public boolean isFinished(Cell cell, Path directory) {
    return holdsRun(directory) && read(cell, directory).isFinished();
  }

  /**
   * Returns what the cell's run has recorded.
   *
   * @throws RoundelException if the directory holds no run or one with another configuration, or is
   *     damaged
   */
  public RunRecord read(Cell cell, Path directory) {
    RunRecord record = RunRecord.read(directory);
    List<String> differences = cell.differences(record.configuration(), "here");
    if (!differences.isEmpty()) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          directory
              + " holds a run with another configuration: "
              + String.join("; ", differences)
              + ". Give the options it was made with, choose another output directory, or delete"
              + " that run.");
    }
    return record;
  }

  /**
   * Trains the cell to its end, or goes on with it.
   *
   * @param directory the cell's run directory, made where it is missing
   * @throws LeaseLostException as {@code listener} and {@code stop} do
   */
  public CellEnd train(Cell cell, Path directory, TrainingListener listener, BooleanSupplier stop) {
    try {
      boolean interrupted;
      if (UnstartedRun.isIn(directory)) {
        NewRun again = new NewRun(cell.configuration(), null, RunPlace.restarted(directory));
        interrupted = trainer.train(again, listener, stop).interrupted();
      } else if (holdsRun(directory)) {
        if (read(cell, directory).isFinished()) {
          return CellEnd.of(CellOutcome.FOUND);
        }
        interrupted = trainer.resume(directory, ofTheMachine(cell), listener, stop).interrupted();
      } else {
        interrupted = trainer.train(cell.configuration(), directory, listener, stop).interrupted();
      }
      return CellEnd.of(interrupted ? CellOutcome.INTERRUPTED : CellOutcome.TRAINED);
    } catch (RunInUseException elsewhere) {
      return CellEnd.of(CellOutcome.IN_USE);
    } catch (LeaseLostException lost) {
      throw lost;
    } catch (MemoryShortageException shortage) {
      return new CellEnd(CellOutcome.TOO_LARGE, shortage);
    } catch (RuntimeException | Error failure) {
      boolean diverged =
          failure instanceof RoundelException known && known.kind() == ErrorKind.DIVERGED;
      return new CellEnd(diverged ? CellOutcome.DIVERGED : CellOutcome.FAILED, failure);
    }
  }

  private static boolean holdsRun(Path directory) {
    return Files.exists(directory.resolve("config.yaml"))
        && Files.exists(directory.resolve("manifest.json"));
  }

  /** Returns the settings that the run may go on with, whatever it was started with. */
  private static Map<String, String> ofTheMachine(Cell cell) {
    Map<String, String> values = new TreeMap<>(cell.configuration().resolved());
    values.keySet().removeIf(key -> !RunSettings.isOfTheMachine(key));
    return values;
  }
}
