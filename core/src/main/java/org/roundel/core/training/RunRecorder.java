package org.roundel.core.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.run.HistoryFile;
import org.roundel.core.run.RunDirectory;

/** Writes what a run leaves behind: a line of history per epoch, and checkpoints. */
final class RunRecorder implements AutoCloseable {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final RunDirectory directory;
  private final CheckpointStore checkpoints;
  private final HistoryFile history;
  private final List<String> stateNames;

  /**
   * Opens the history and the checkpoints of a run.
   *
   * @param directory locked by the caller, and closed by the caller
   * @param keepCheckpoints how many of the newest checkpoints are kept
   * @param stateNames the names of the optimizer's state arrays
   */
  RunRecorder(RunDirectory directory, int keepCheckpoints, List<String> stateNames) {
    this.directory = directory;
    this.stateNames = stateNames;
    this.checkpoints = new CheckpointStore(directory.checkpoints(), keepCheckpoints);
    this.history = HistoryFile.open(directory.history());
  }

  Path directory() {
    return directory.path();
  }

  CheckpointStore checkpoints() {
    return checkpoints;
  }

  void epochCompleted(EpochCompleted event) {
    ObjectNode line = JSON.valueToTree(event);
    history.append(line);
    history.force();
  }

  long historyLength() {
    return history.length();
  }

  /** Drops the history's lines after a checkpoint that the run goes back to. */
  void truncateHistory(long length) {
    history.truncateTo(length);
  }

  void save(String name, TrainingProgress progress, TrainedNet net, boolean best) {
    NetTensors tensors = new NetTensors(net, stateNames);
    checkpoints.write(
        name, JSON.valueToTree(progress), tensors.weights(), tensors.training(), best);
  }

  /** Returns the position that a checkpoint's state holds. */
  static TrainingProgress progress(Checkpoint checkpoint) {
    ObjectNode state = checkpoint.state();
    int format = state.path("format").asInt();
    if (format != TrainingProgress.FORMAT) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "checkpoint "
              + checkpoint.directory()
              + " has format "
              + format
              + "; this program reads format "
              + TrainingProgress.FORMAT
              + ". Use the version of Roundel that wrote it");
    }
    try {
      return JSON.treeToValue(state, TrainingProgress.class);
    } catch (JsonProcessingException malformed) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "the state of checkpoint "
              + checkpoint.directory()
              + " is not what a run writes: "
              + malformed.getOriginalMessage()
              + ". Use another checkpoint of the run",
          malformed);
    }
  }

  @Override
  public void close() {
    history.close();
  }
}
