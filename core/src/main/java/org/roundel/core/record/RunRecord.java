package org.roundel.core.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.FinalTest;
import org.roundel.core.run.HistoryFile;
import org.roundel.core.run.JsonFieldException;
import org.roundel.core.run.RunDirectory;

/**
 * What a run has left behind so far: its configuration and what it measured, epoch by epoch.
 *
 * @param path the run directory
 * @param configuration every setting of the run, defaults included
 * @param epochs the epochs that are done, in order
 * @param test what the best checkpoint does on the test images, of a run with validation that has
 *     ended; null else
 */
public record RunRecord(
    Path path,
    RunConfiguration configuration,
    List<EpochCompleted> epochs,
    @Nullable FinalTest test) {
  /** Copies the list. */
  public RunRecord {
    epochs = List.copyOf(epochs);
  }

  /**
   * Reads a run, which may be going on.
   *
   * @throws RoundelException if the directory holds no run, or its files are not what a run writes
   */
  public static RunRecord read(Path path) {
    try (RunDirectory directory = RunDirectory.openForReading(path)) {
      RunManifest manifest = RunManifest.read(directory.manifest());
      List<EpochCompleted> epochs = new ArrayList<>();
      for (ObjectNode line : HistoryFile.read(directory.history())) {
        epochs.add(epoch(directory.history(), line, epochs.size() + 1));
      }
      FinalTest test = FinalTestFile.read(directory, epochs.size());
      return new RunRecord(path, manifest.configurations().last(), epochs, test);
    }
  }

  private static EpochCompleted epoch(Path file, ObjectNode line, int number) {
    try {
      return HistoryLine.read(line, number);
    } catch (JsonFieldException wrong) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          file
              + ", line "
              + number
              + " is damaged: it "
              + wrong.fault()
              + ". Restore the file from a copy.");
    }
  }

  /** Returns whether nothing is left to do. */
  public boolean isFinished() {
    boolean trained = epochs.size() >= configuration.get(RunSettings.EPOCHS) || hasLostPatience();
    return trained && isKept() && (!isValidated() || test != null);
  }

  /**
   * A run that was ended between its last line and its last checkpoint has that one to write. Who
   * has deleted all checkpoints wants none of them.
   */
  private boolean isKept() {
    EpochCompleted last = last();
    Path checkpoints = path.resolve(RunDirectory.CHECKPOINTS);
    String newest = CheckpointStore.forReading(checkpoints).newest().orElse("");
    return last == null
        || newest.isEmpty()
        || newest.compareTo(CheckpointStore.stepName(last.step())) >= 0;
  }

  /** Returns whether training images are held out, which epochs are evaluated on. */
  public boolean isValidated() {
    return configuration.get(RunSettings.VALIDATION) > 0;
  }

  /** Returns whether the run has ended because epochs were no better, before its last one. */
  public boolean hasLostPatience() {
    int patience = configuration.get(RunSettings.PATIENCE);
    EpochCompleted best = best();
    return patience > 0
        && best != null
        && epochs.size() < configuration.get(RunSettings.EPOCHS)
        && epochs.size() - best.epoch() >= patience;
  }

  /** Returns the last epoch that is done, or null if none is. */
  public @Nullable EpochCompleted last() {
    return epochs.isEmpty() ? null : epochs.get(epochs.size() - 1);
  }

  /**
   * Returns the epoch with the lowest error, on the test images or on those held out, the first of
   * equals; null if none is done.
   */
  public @Nullable EpochCompleted best() {
    EpochCompleted best = null;
    for (EpochCompleted epoch : epochs) {
      if (best == null || epoch.test().error() < best.test().error()) {
        best = epoch;
      }
    }
    return best;
  }
}
