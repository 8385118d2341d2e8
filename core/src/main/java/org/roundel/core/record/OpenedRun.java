package org.roundel.core.record;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.checkpoint.DamagedCheckpoint;
import org.roundel.core.checkpoint.NewestCheckpoint;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.run.JsonFieldException;
import org.roundel.core.run.RunDirectory;

/**
 * A run that was trained before, with one of its checkpoints open, after checking that what lies in
 * its directory belongs together: its {@code config.yaml}, its manifest and the checkpoint.
 *
 * @param manifest the run's
 * @param checkpoint for whoever opened the run to close
 * @param state what the checkpoint says of itself
 * @param passedOver newer checkpoints that are damaged
 */
public record OpenedRun(
    RunManifest manifest,
    Checkpoint checkpoint,
    CheckpointState state,
    List<DamagedCheckpoint> passedOver)
    implements AutoCloseable {
  /**
   * Opens a run at a checkpoint.
   *
   * @param store the run's checkpoints
   * @param wanted a checkpoint's name, or {@code newest} or {@code best}
   * @throws RoundelException if the files do not belong together, or there is no such checkpoint
   */
  public static OpenedRun open(RunDirectory directory, CheckpointStore store, String wanted) {
    RunManifest manifest = manifest(directory);
    List<DamagedCheckpoint> passedOver = new ArrayList<>();
    Checkpoint checkpoint = checkpoint(store, wanted, passedOver);
    boolean ours = false;
    try {
      CheckpointState state = CheckpointState.read(checkpoint.state());
      requireOwn(directory, manifest, checkpoint, state);
      ours = true;
      return new OpenedRun(manifest, checkpoint, state, passedOver);
    } catch (JsonFieldException checkedBefore) {
      throw new IllegalStateException(checkedBefore);
    } finally {
      if (!ours) {
        checkpoint.close();
      }
    }
  }

  /**
   * Reads a run's manifest and compares {@code config.yaml} with it.
   *
   * @throws RoundelException if they differ, or the run is too old
   */
  public static RunManifest manifest(RunDirectory directory) {
    RunManifest manifest = RunManifest.read(directory.manifest());
    if (!manifest.isNamed()) {
      throw failure(
          directory.manifest()
              + " has format 1, of a version of the program whose checkpoints do not say which run"
              + " they are of. Repeat the run by 'roundel train --from "
              + MessageText.shellWord(directory.manifest())
              + "', or use that version.");
    }
    requireUnedited(directory, manifest.configurations());
    return manifest;
  }

  private static void requireUnedited(RunDirectory directory, ConfigurationHistory history) {
    RunConfiguration given = RunConfiguration.of(ConfigurationFile.readYaml(directory.config()));
    RunConfiguration found = ConfigurationJson.canonical(given, key -> null);
    SortedMap<String, @Nullable String> edits = history.last().changesTo(found);
    // After a crash between the two files, config.yaml is one change behind.
    if (edits.isEmpty() || history.lastButOne().changesTo(found).isEmpty()) {
      return;
    }
    String run = MessageText.shellWord(directory.path());
    StringBuilder message = new StringBuilder(directory.config().toString());
    message.append(" is not as the run wrote it: ");
    message.append(describe(history.last(), edits, "there", "in the run"));
    message.append(". A run keeps its settings: put the file back as it was. ");
    boolean possible =
        edits.keySet().stream().allMatch(RunSettings::isChangeable)
            && edits.values().stream().noneMatch(Objects::isNull);
    if (possible) {
      message.append("To go on with other values, give them to 'roundel resume " + run + "':");
      edits.forEach((key, value) -> message.append(" --" + key + " " + word(value)));
    } else {
      message.append(
          "For another run with these settings, copy the file and give it to 'roundel train"
              + " --config FILE'");
    }
    throw failure(message.toString());
  }

  private static String word(@Nullable String value) {
    return MessageText.shellWord(Path.of(String.valueOf(value)));
  }

  /**
   * Returns differences in words.
   *
   * @param recorded what the changes are to
   */
  static String describe(
      RunConfiguration recorded,
      SortedMap<String, @Nullable String> changes,
      String there,
      String here) {
    StringJoiner words = new StringJoiner("; ");
    changes.forEach(
        (key, value) ->
            words.add(
                key
                    + " is "
                    + shown(value)
                    + " "
                    + there
                    + ", "
                    + shown(recorded.text(key))
                    + " "
                    + here));
    return words.toString();
  }

  /** Returns a value in words. */
  static String shown(@Nullable String value) {
    if (value == null) {
      return "not set";
    }
    return value.isEmpty() ? "empty" : value;
  }

  private static Checkpoint checkpoint(
      CheckpointStore store, String wanted, List<DamagedCheckpoint> passedOver) {
    if (wanted.equals("newest")) {
      NewestCheckpoint newest = store.newestValid(CheckpointState::check);
      passedOver.addAll(newest.passedOver());
      return newest.checkpoint();
    }
    String name = wanted;
    if (wanted.equals("best")) {
      name =
          store
              .best()
              .orElseThrow(
                  () ->
                      failure("the run has no best checkpoint yet: it has not finished an epoch"));
    }
    return store.open(name, CheckpointState::check);
  }

  private static void requireOwn(
      RunDirectory directory, RunManifest manifest, Checkpoint checkpoint, CheckpointState state) {
    if (!state.run().equals(manifest.run())) {
      throw failure(
          "checkpoint "
              + checkpoint.directory()
              + " is of another run: its state.json names the run "
              + state.run()
              + ", "
              + directory.manifest()
              + " names "
              + manifest.run()
              + ". Put the run's own checkpoints back; to start another run from these weights,"
              + " give the checkpoint's directory to 'roundel train --init-from'");
    }
    List<RunConfiguration> known =
        manifest.configurations().until(state.progress().state().position());
    for (RunConfiguration one : known) {
      if (one.changesTo(state.configuration()).isEmpty()) {
        return;
      }
    }
    RunConfiguration recorded = known.get(known.size() - 1);
    throw failure(
        "checkpoint "
            + checkpoint.directory()
            + " was trained with other settings than "
            + directory.manifest()
            + " has: "
            + describe(
                recorded,
                recorded.changesTo(state.configuration()),
                "in the checkpoint",
                "in the manifest")
            + ". Put the run's own files back.");
  }

  /** Returns a line for each checkpoint that was passed over. */
  public List<String> notices(String then) {
    return passedOver.stream()
        .map(damaged -> damaged.describe() + "; " + then + " " + checkpoint.name())
        .toList();
  }

  /**
   * Requires that damage has not led back to the start: who wants what a run has learned is not
   * helped by the net that it began with.
   *
   * @throws RoundelException if all newer checkpoints are damaged and this one was written before
   *     the first update
   */
  public void requireTrained() {
    if (passedOver.isEmpty() || state.progress().state().stepsDone() > 0) {
      return;
    }
    Path checkpoints = checkpoint.directory().getParent();
    StringBuilder message = new StringBuilder();
    message.append(checkpoints).append(" holds no usable checkpoint of the net as it was trained:");
    for (DamagedCheckpoint damaged : passedOver) {
      message.append("\n  ").append(damaged.describe());
    }
    message
        .append("\nRestore one from a copy, or train it again by 'roundel resume'. The net as it")
        .append(" was before its first update is --checkpoint ")
        .append(checkpoint.name());
    throw failure(message.toString());
  }

  private static RoundelException failure(String message) {
    return new RoundelException(ErrorKind.CONFIGURATION, message);
  }

  @Override
  public void close() {
    checkpoint.close();
  }
}
