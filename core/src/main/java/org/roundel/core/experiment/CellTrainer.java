package org.roundel.core.experiment;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.run.RunDirectory;
import org.roundel.core.run.RunInUseException;
import org.roundel.core.training.RunRecord;
import org.roundel.core.training.Trainer;
import org.roundel.core.training.TrainingListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings cells of an experiment to their end, whatever state they are in: a finished one is left as
 * it is, an interrupted one goes on from its newest checkpoint, one that another process trains is
 * left to it. So an experiment can be stopped at any time, and several processes can share it.
 */
public final class CellTrainer {
  /** Settings that decide where and how long something is kept, not what is computed. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          RunSettings.DATA_DIRECTORY.name(),
          RunSettings.KEEP_CHECKPOINTS.name(),
          RunSettings.CHECKPOINT_MINUTES.name(),
          RunSettings.THREADS.name());

  private static final Logger LOG = LoggerFactory.getLogger(CellTrainer.class);

  private final Trainer trainer;

  /** Makes one that trains with this trainer. */
  @Inject
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
    List<String> differences = differences(record.configuration(), cell.configuration());
    if (!differences.isEmpty()) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          directory
              + " holds a run with another configuration: "
              + String.join("; ", differences)
              + ". Give the options it was made with, choose another output directory, or delete"
              + " that run");
    }
    return record;
  }

  /**
   * Trains the cell to its end, or goes on with it.
   *
   * @param directory the cell's run directory, made where it is missing
   * @throws RoundelException as {@link Trainer#train} and {@link #read} do, but for a divergence
   */
  public CellOutcome train(
      Cell cell, Path directory, TrainingListener listener, BooleanSupplier stop) {
    try {
      RunDirectory.discardUnstarted(directory);
      boolean interrupted;
      if (holdsRun(directory)) {
        if (read(cell, directory).isFinished()) {
          return CellOutcome.FOUND;
        }
        OptionalInt threads = OptionalInt.of(cell.configuration().get(RunSettings.THREADS));
        interrupted = trainer.resume(directory, threads, listener, stop).interrupted();
      } else {
        interrupted = trainer.train(cell.configuration(), directory, listener, stop).interrupted();
      }
      return interrupted ? CellOutcome.INTERRUPTED : CellOutcome.TRAINED;
    } catch (RunInUseException elsewhere) {
      return CellOutcome.IN_USE;
    } catch (RoundelException failure) {
      if (failure.kind() != ErrorKind.DIVERGED) {
        throw failure;
      }
      LOG.warn("{}", failure.getMessage());
      return CellOutcome.DIVERGED;
    }
  }

  private static boolean holdsRun(Path directory) {
    return Files.exists(directory.resolve("config.yaml"))
        && Files.exists(directory.resolve("manifest.json"));
  }

  private static List<String> differences(RunConfiguration found, RunConfiguration wanted) {
    Map<String, String> there = new TreeMap<>(found.resolved());
    Map<String, String> here = new TreeMap<>(wanted.resolved());
    Set<String> keys = new TreeSet<>(there.keySet());
    keys.addAll(here.keySet());
    keys.removeAll(WITHOUT_EFFECT);
    List<String> differences = new ArrayList<>();
    for (String key : keys) {
      String one = there.getOrDefault(key, "default");
      String other = here.getOrDefault(key, "default");
      if (!one.equals(other)) {
        differences.add(key + " is " + one + " there and " + other + " here");
      }
    }
    return differences;
  }
}
