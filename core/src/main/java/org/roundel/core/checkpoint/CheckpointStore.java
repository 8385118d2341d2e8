package org.roundel.core.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.run.IoFailure;
import org.roundel.core.run.RunDirectory;

/**
 * The checkpoints of one run, each a directory of its own.
 *
 * <pre>
 *   step-000001234/weights.safetensors    the net's own weights and buffers
 *                  training.safetensors   what only training needs
 *                  state.json             position, seeds, records
 *                  best                   there if this was the best so far
 *                  SHA256SUMS             checked by "sha256sum -c SHA256SUMS", too
 * </pre>
 *
 * <p>A checkpoint is written under a temporary name, put on the disk file by file and renamed, so a
 * crash leaves the old state or the new one. Names sort by age; a directory of another name is the
 * user's, and neither listed nor deleted. Whoever writes holds the run's lock; readers need none.
 * Not for use by several threads at a time.
 */
public final class CheckpointStore {
  /** The last step that a checkpoint can be of. */
  public static final long MAX_STEP = 999_999_999;

  private final FileOperations operations;
  private final Path directory;
  private final int keepLast;
  private final Runnable confirm;
  private final StagingArea area;

  /**
   * Opens a store for writing and removes what a crash has left behind. The directory need not
   * exist.
   *
   * @param keepLast how many of the newest checkpoints are kept beside the best, at least 1
   * @throws RoundelException if leftovers cannot be removed
   */
  public CheckpointStore(Path directory, int keepLast) {
    this(directory, keepLast, () -> {});
  }

  /**
   * Opens a store that asks before each checkpoint gets its name.
   *
   * @param confirm throws where it must not; what was written of it is left as it is then, because
   *     the directory may be another's
   */
  public CheckpointStore(Path directory, int keepLast, Runnable confirm) {
    this(new DiskOperations(), directory, keepLast, confirm);
    try {
      area.recover();
    } catch (IOException failed) {
      throw failure(
          "the checkpoints in "
              + directory
              + " cannot be brought into order: "
              + IoFailure.reason(failed, directory)
              + ". Check that you may write there.",
          failed);
    }
  }

  CheckpointStore(FileOperations operations, Path directory, int keepLast) {
    this(operations, directory, keepLast, () -> {});
  }

  private CheckpointStore(
      FileOperations operations, Path directory, int keepLast, Runnable confirm) {
    if (keepLast < 1) {
      throw new IllegalArgumentException("keepLast is " + keepLast);
    }
    this.operations = operations;
    this.directory = directory;
    this.keepLast = keepLast;
    this.confirm = confirm;
    area = new StagingArea(operations, directory);
  }

  /** Opens a store to read from; changes nothing on the disk, so the run may be in use. */
  public static CheckpointStore forReading(Path directory) {
    return new CheckpointStore(new DiskOperations(), directory, Integer.MAX_VALUE);
  }

  /**
   * Returns the name of the checkpoint after a step.
   *
   * @param step from 0 to 999,999,999
   */
  public static String stepName(long step) {
    if (step < 0 || step > MAX_STEP) {
      throw new IllegalArgumentException("step " + step);
    }
    return String.format(Locale.ROOT, "step-%09d", step);
  }

  /** Returns whether a name is one that {@link #stepName} makes. */
  static boolean isName(String name) {
    return RunDirectory.CHECKPOINT_NAME.matcher(name).matches();
  }

  /**
   * Writes a checkpoint, then deletes those that are neither among the last ones nor the best.
   *
   * <p>A checkpoint of the same name is replaced, and stays the best if it was. Those with a later
   * name are deleted: the run went back behind them.
   *
   * @param name from {@link #stepName}; later checkpoints have greater names
   * @param state anything the run needs to go on, given back by {@link Checkpoint#state()}
   * @param weights the net's own weights and buffers
   * @param metadata what their file says in its header, for programs that read it alone
   * @param training latent weights, optimizer state, records
   * @param best whether this is the best checkpoint so far; it is kept until a better one comes
   * @return how many bytes its files have
   * @throws RoundelException if it cannot be written; the others are then untouched and nothing of
   *     the new one is left
   */
  public long write(
      String name,
      ObjectNode state,
      List<NamedTensor> weights,
      Map<String, String> metadata,
      List<NamedTensor> training,
      boolean best) {
    if (!isName(name)) {
      throw new IllegalArgumentException("checkpoint name " + name);
    }
    long bytes;
    try {
      Path temporary = area.begin(name);
      boolean marked = best || isBest(name);
      CheckpointFiles files = new CheckpointFiles(operations, temporary);
      bytes = files.write(state, weights, metadata, training, marked);
      confirm.run();
      area.publish(name);
    } catch (IOException failed) {
      area.discardAfter(failed, name);
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "checkpoint %s could not be written to %s: %s. The earlier checkpoints are untouched."
                  + " %s Then resume the run.",
              name,
              directory,
              IoFailure.reason(failed, directory),
              IoFailure.WRITE_ADVICE),
          failed);
    }
    prune(name);
    return bytes;
  }

  /**
   * Deletes the checkpoints that {@link #write} of this one deletes, which it was perhaps kept from
   * by its end. That one is safe, so a failure only costs space.
   */
  public void prune(String newest) {
    List<String> names = list();
    int position = names.indexOf(newest);
    List<String> past = names.subList(0, position + 1);
    Optional<String> best = newestBest(past);
    for (int index = 0; index < names.size(); index++) {
      String name = names.get(index);
      boolean recent = index <= position && index > position - keepLast;
      if (!recent && !best.equals(Optional.of(name))) {
        area.delete(name);
      }
    }
  }

  /**
   * Returns the names of all checkpoints, oldest first, damaged ones included.
   *
   * @throws RoundelException if the directory cannot be read
   */
  public List<String> list() {
    try {
      List<String> names = new ArrayList<>();
      for (Path path : StagingArea.entries(directory)) {
        String name = path.getFileName().toString();
        if (isName(name) && Files.isDirectory(path)) {
          names.add(name);
        }
      }
      return names;
    } catch (IOException failed) {
      throw failure(directory + " cannot be read: " + IoFailure.reason(failed) + ".", failed);
    }
  }

  /** Returns the name of the newest checkpoint, damaged or not. */
  public Optional<String> newest() {
    return list().stream().reduce((older, newer) -> newer);
  }

  /** Returns the name of the best checkpoint, damaged or not: the newest that is marked as such. */
  public Optional<String> best() {
    return newestBest(list());
  }

  private Optional<String> newestBest(List<String> names) {
    return names.stream().filter(this::isBest).reduce((older, newer) -> newer);
  }

  private boolean isBest(String name) {
    return Files.exists(directory.resolve(name).resolve(CheckpointFiles.BEST));
  }

  /**
   * Checks every file of a checkpoint against its checksum and opens it. The caller closes it.
   *
   * @throws RoundelException if there is none of that name, or it is damaged
   */
  public Checkpoint open(String name) {
    return open(name, StateCheck.NONE);
  }

  /**
   * As {@link #open(String)}, and checks the state.
   *
   * @throws RoundelException as {@link #open(String)} does, or if the state does not pass
   */
  public Checkpoint open(String name, StateCheck check) {
    List<String> names = list();
    if (!names.contains(name)) {
      String present = names.isEmpty() ? "none" : String.join(", ", names);
      throw failure(directory + " has no checkpoint " + name + ". It has " + present + ".", null);
    }
    try {
      return CheckpointFiles.open(directory.resolve(name), check);
    } catch (CheckpointFiles.DamageException damaged) {
      throw failure(
          damaged.of(name).describe()
              + ". Restore the file from a copy, or use another checkpoint of "
              + directory
              + ".",
          damaged);
    }
  }

  /**
   * Opens the newest checkpoint that is not damaged.
   *
   * @throws RoundelException if there is no checkpoint, or none without damage
   */
  public NewestCheckpoint newestValid() {
    return newestValid(StateCheck.NONE);
  }

  /**
   * Opens the newest checkpoint that is not damaged and whose state passes a check.
   *
   * @throws RoundelException as {@link #newestValid()} does
   */
  public NewestCheckpoint newestValid(StateCheck check) {
    List<String> names = list();
    List<DamagedCheckpoint> damaged = new ArrayList<>();
    for (int index = names.size() - 1; index >= 0; index--) {
      String name = names.get(index);
      try {
        return new NewestCheckpoint(CheckpointFiles.open(directory.resolve(name), check), damaged);
      } catch (CheckpointFiles.DamageException broken) {
        damaged.add(broken.of(name));
      }
    }
    if (damaged.isEmpty()) {
      throw failure(
          directory
              + " holds no checkpoint. If the run has written any, they are missing: put them back."
              + " If it stopped before its first, 'roundel resume' of the run starts it again.",
          null);
    }
    StringBuilder message = new StringBuilder(directory + " holds no usable checkpoint:");
    damaged.forEach(one -> message.append("\n  ").append(one.describe()));
    message.append("\nRestore one from a copy, or start the run again in another directory.");
    throw failure(message.toString(), null);
  }

  private static RoundelException failure(String message, @Nullable Throwable cause) {
    return new RoundelException(ErrorKind.CONFIGURATION, message, cause);
  }
}
