package org.roundel.core.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.run.HistoryFile;
import org.roundel.core.run.JsonFieldException;
import org.roundel.core.run.RunDirectory;

/**
 * What a run has left behind so far: its configuration and what it measured, epoch by epoch.
 *
 * @param path the run directory
 * @param configuration every setting of the run, defaults included
 * @param epochs the epochs that are done, in order
 */
public record RunRecord(Path path, RunConfiguration configuration, List<EpochCompleted> epochs) {
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
      return new RunRecord(path, manifest.configurations().last(), epochs);
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

  /** Returns whether the last epoch is done. */
  public boolean isFinished() {
    return epochs.size() >= configuration.get(RunSettings.EPOCHS);
  }

  /** Returns the last epoch that is done, or null if none is. */
  public @Nullable EpochCompleted last() {
    return epochs.isEmpty() ? null : epochs.get(epochs.size() - 1);
  }

  /** Returns the epoch with the lowest test error, the first of equals; null if none is done. */
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
