package org.roundel.core.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.run.IoFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
 * crash leaves the old state or the new one. Names sort by age. Whoever writes holds the run's
 * lock; readers need none. Not for use by several threads at a time.
 */
public final class CheckpointStore {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final long MAX_STEP = 999_999_999;

  /** Being written. */
  private static final String WRITING = ".writing-";

  /** Replaced by a checkpoint of the same name; put back if that one did not get its name. */
  private static final String REPLACED = ".replaced-";

  /** Being deleted. */
  private static final String DELETING = ".deleting-";

  private final FileOperations operations;
  private final Path directory;
  private final int keepLast;

  /**
   * Opens a store for writing and removes what a crash has left behind. The directory need not
   * exist.
   *
   * @param keepLast how many of the newest checkpoints are kept beside the best, at least 1
   * @throws RoundelException if leftovers cannot be removed
   */
  public CheckpointStore(Path directory, int keepLast) {
    this(new DiskOperations(), directory, keepLast);
    recover();
  }

  CheckpointStore(FileOperations operations, Path directory, int keepLast) {
    if (keepLast < 1) {
      throw new IllegalArgumentException("keepLast is " + keepLast);
    }
    this.operations = operations;
    this.directory = directory;
    this.keepLast = keepLast;
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
    return String.format("step-%09d", step);
  }

  /**
   * Writes a checkpoint, then deletes those that are neither among the last ones nor the best.
   *
   * <p>A checkpoint of the same name is replaced. Those with a later name are deleted: the run went
   * back behind them.
   *
   * @param name lower-case letters, digits and hyphens; later checkpoints have greater names
   * @param state anything the run needs to go on, given back by {@link Checkpoint#state()}
   * @param weights the net's own weights and buffers
   * @param training latent weights, optimizer state, records
   * @param best whether this is the best checkpoint so far; it is kept until a better one comes
   * @throws RoundelException if it cannot be written; the others are then untouched and nothing of
   *     the new one is left
   */
  public void write(
      String name,
      ObjectNode state,
      List<NamedTensor> weights,
      List<NamedTensor> training,
      boolean best) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("checkpoint name " + name);
    }
    Path temporary = directory.resolve(WRITING + name);
    try {
      if (!Files.exists(directory)) {
        operations.createDirectories(directory);
        operations.forceDirectory(directory.toAbsolutePath().getParent());
      }
      try {
        deleteTree(temporary);
        operations.createDirectories(temporary);
        CheckpointFiles.write(operations, temporary, state, weights, training, best);
        publish(temporary, name);
      } catch (IOException e) {
        removeAfter(e, temporary);
        throw e;
      }
    } catch (IOException e) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "Checkpoint "
              + name
              + " could not be written to "
              + directory
              + ": "
              + IoFailure.reason(e, directory)
              + ". The earlier checkpoints are untouched. "
              + IoFailure.WRITE_ADVICE
              + " Then resume the run.",
          e);
    }
    prune(name);
  }

  /** Gives a finished checkpoint its name. */
  private void publish(Path temporary, String name) throws IOException {
    Path target = directory.resolve(name);
    Path replaced = directory.resolve(REPLACED + name);
    boolean replaces = Files.exists(target);
    if (replaces) {
      operations.move(target, replaced);
    }
    try {
      operations.move(temporary, target);
    } catch (IOException e) {
      if (replaces) {
        putBack(e, replaced, target);
      }
      throw e;
    }
    operations.forceDirectory(directory);
    if (replaces) {
      deleteLater(replaced, name);
    }
  }

  private void putBack(IOException failure, Path replaced, Path target) {
    try {
      operations.move(replaced, target);
    } catch (IOException e) {
      // The next one to open the store puts it back.
      failure.addSuppressed(e);
    }
  }

  private void removeAfter(IOException failure, Path temporary) {
    try {
      deleteTree(temporary);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Deletes what is not to be kept. The new checkpoint is safe, so a failure only costs space. */
  private void prune(String newest) {
    List<String> names = list();
    int position = names.indexOf(newest);
    List<String> past = names.subList(0, position + 1);
    Optional<String> best = newestBest(past);
    for (int index = 0; index < names.size(); index++) {
      String name = names.get(index);
      boolean recent = index <= position && index > position - keepLast;
      if (!recent && !best.equals(Optional.of(name))) {
        deleteLater(directory.resolve(name), name);
      }
    }
  }

  /** Deletes a checkpoint; renamed first, so that it is never seen with some of its files. */
  private void deleteLater(Path path, String name) {
    Path deleting = directory.resolve(DELETING + name);
    try {
      deleteTree(deleting);
      operations.move(path, deleting);
      deleteTree(deleting);
    } catch (IOException e) {
      LOG.warn(
          "{} is no longer needed and could not be deleted: {}. If it stays, delete it by hand.",
          path,
          IoFailure.reason(e));
    }
  }

  private void deleteTree(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      for (Path file : entries(path)) {
        deleteTree(file);
      }
    }
    operations.delete(path);
  }

  /** Brings the directory into order after a crash. */
  private void recover() {
    try {
      for (Path path : entries(directory)) {
        String file = path.getFileName().toString();
        if (file.startsWith(REPLACED)) {
          Path target = directory.resolve(file.substring(REPLACED.length()));
          if (Files.exists(target)) {
            deleteTree(path);
          } else {
            operations.move(path, target);
          }
        } else if (file.startsWith(WRITING) || file.startsWith(DELETING)) {
          deleteTree(path);
        }
      }
    } catch (IOException e) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "The checkpoints in "
              + directory
              + " cannot be brought into order: "
              + IoFailure.reason(e)
              + ". Check that you may write there.",
          e);
    }
  }

  private static List<Path> entries(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.sorted().toList();
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
      for (Path path : entries(directory)) {
        String name = path.getFileName().toString();
        if (NAME.matcher(name).matches() && Files.isDirectory(path)) {
          names.add(name);
        }
      }
      names.sort(null);
      return names;
    } catch (IOException e) {
      throw failure(directory + " cannot be read: " + IoFailure.reason(e) + ".", e);
    }
  }

  /** Returns the name of the newest checkpoint, damaged or not. */
  public Optional<String> newest() {
    List<String> names = list();
    return names.isEmpty() ? Optional.empty() : Optional.of(names.get(names.size() - 1));
  }

  /**
   * Returns the name of the best checkpoint, damaged or not: the newest that was written as such.
   */
  public Optional<String> best() {
    return newestBest(list());
  }

  private Optional<String> newestBest(List<String> names) {
    return names.stream()
        .filter(name -> Files.exists(directory.resolve(name).resolve(CheckpointFiles.BEST)))
        .reduce((older, newer) -> newer);
  }

  /**
   * Checks every file of a checkpoint against its checksum and opens it. The caller closes it.
   *
   * @throws RoundelException if there is none of that name, or it is damaged
   */
  public Checkpoint open(String name) {
    List<String> names = list();
    if (!names.contains(name)) {
      String present = names.isEmpty() ? "none" : String.join(", ", names);
      throw failure(directory + " has no checkpoint " + name + ". It has " + present + ".", null);
    }
    try {
      return CheckpointFiles.open(directory.resolve(name));
    } catch (CheckpointFiles.DamageException e) {
      throw failure(
          capitalize(e.of(name).describe())
              + ". Restore the file from a copy, or use another checkpoint of "
              + directory
              + ".",
          e);
    }
  }

  /**
   * Opens the newest checkpoint that is not damaged.
   *
   * @throws RoundelException if there is no checkpoint, or none without damage
   */
  public NewestCheckpoint newestValid() {
    List<String> names = list();
    List<DamagedCheckpoint> damaged = new ArrayList<>();
    for (int index = names.size() - 1; index >= 0; index--) {
      String name = names.get(index);
      try {
        return new NewestCheckpoint(CheckpointFiles.open(directory.resolve(name)), damaged);
      } catch (CheckpointFiles.DamageException e) {
        damaged.add(e.of(name));
      }
    }
    if (damaged.isEmpty()) {
      throw failure(
          directory
              + " holds no checkpoint: the run stopped before its first. Start it again in another"
              + " directory.",
          null);
    }
    StringBuilder message = new StringBuilder(directory + " holds no usable checkpoint:");
    for (DamagedCheckpoint one : damaged) {
      message.append("\n  ").append(one.describe());
    }
    message.append("\nRestore one from a copy, or start the run again in another directory.");
    throw failure(message.toString(), null);
  }

  private static String capitalize(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }

  private static RoundelException failure(String message, @Nullable Throwable cause) {
    return new RoundelException(ErrorKind.CONFIGURATION, message, cause);
  }
}
