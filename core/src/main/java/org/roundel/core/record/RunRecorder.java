package org.roundel.core.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.roundel.api.Option;
import org.roundel.api.training.StateArray;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.component.Components;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.FinalTest;
import org.roundel.core.event.Recording;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.net.NetTensors;
import org.roundel.core.net.TrainedNet;
import org.roundel.core.net.TrainedParameter;
import org.roundel.core.run.HistoryFile;
import org.roundel.core.run.RunDirectory;

/** Writes what a run leaves behind: a line of history per epoch, and checkpoints. */
public final class RunRecorder implements AutoCloseable {
  private final RunDirectory directory;
  private final CheckpointStore checkpoints;
  private final HistoryFile history;
  private final List<StateArray> optimizerArrays;
  private final TrainingListener listener;
  private final String run;
  private final ObjectNode configuration;

  /**
   * Opens the history and the checkpoints of a run.
   *
   * @param directory locked by the caller, and closed by the caller
   * @param run the run's name, for its checkpoints
   * @param configuration in effect from here on
   * @param components what the configuration names
   * @param optimizerArrays what the optimizer keeps beside each parameter
   * @param listener told before what cannot be taken back
   */
  public RunRecorder(
      RunDirectory directory,
      String run,
      RunConfiguration configuration,
      Components components,
      List<StateArray> optimizerArrays,
      TrainingListener listener) {
    this.directory = directory;
    this.run = run;
    this.configuration = ConfigurationJson.of(configuration.resolved(), components::option);
    this.optimizerArrays = optimizerArrays;
    int keep = configuration.get(RunSettings.KEEP_CHECKPOINTS);
    this.listener = listener;
    this.checkpoints =
        new CheckpointStore(
            directory.checkpoints(), keep, () -> listener.recording(Recording.CHECKPOINT));
    this.history = HistoryFile.open(directory.history());
  }

  public Path directory() {
    return directory.path();
  }

  public CheckpointStore checkpoints() {
    return checkpoints;
  }

  /** Opens the best checkpoint; closed by the caller. */
  public OpenedRun best() {
    return OpenedRun.open(directory, checkpoints, "best");
  }

  /** Records what the best checkpoint does on the test images. */
  public void tested(FinalTest result) {
    listener.recording(Recording.TEST);
    FinalTestFile.write(directory, result);
  }

  public void epochCompleted(EpochCompleted event) {
    listener.recording(Recording.HISTORY);
    history.append(EventJson.historyLine(event));
    history.force();
  }

  public long historyLength() {
    return history.length();
  }

  /** Drops the history's lines after a checkpoint that the run goes back to. */
  public void truncateHistory(long length) {
    listener.recording(Recording.HISTORY);
    history.truncateTo(length);
  }

  /** Writes a checkpoint and returns how many bytes it has. */
  public long save(String name, TrainingProgress progress, TrainedNet net, boolean best) {
    NetTensors tensors = new NetTensors(net, optimizerArrays);
    ObjectNode state = CheckpointState.toJson(run, configuration.deepCopy(), progress);
    return checkpoints.write(
        name, state, tensors.weights(), metadata(net), tensors.training(), best);
  }

  /**
   * Returns what the file of weights says of them to somebody who has nothing else; the same for
   * every run of the same settings, so that repeated runs have the same bytes.
   */
  private Map<String, String> metadata(TrainedNet net) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "roundel-weights");
    for (Option<String> setting :
        List.of(RunSettings.MODEL, RunSettings.QUANTIZER, RunSettings.QUANTIZE)) {
      metadata.put(setting.name(), configuration.path(setting.name()).asText());
    }
    StringJoiner quantized = new StringJoiner(" ");
    for (TrainedParameter parameter : net.parameters()) {
      if (parameter.isQuantized()) {
        quantized.add(parameter.name());
      }
    }
    metadata.put("quantized", quantized.toString());
    return metadata;
  }

  @Override
  public void close() {
    history.close();
  }
}
