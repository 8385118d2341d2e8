package org.roundel.core.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.roundel.core.run.IoFailure;
import org.roundel.core.run.RunDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How directories come into being, are replaced and disappear as a whole: under names of their own,
 * which say what is to be done with them after a crash.
 */
final class StagingArea {
  private static final Logger logger = LoggerFactory.getLogger(StagingArea.class);

  /** Being written. */
  private static final String WRITING = RunDirectory.HALF_WRITTEN;

  /** Replaced by a checkpoint of the same name; put back if that one did not get its name. */
  private static final String REPLACED = ".replaced-";

  /** Being deleted. */
  private static final String DELETING = ".deleting-";

  private final FileOperations operations;
  private final Path directory;

  StagingArea(FileOperations operations, Path directory) {
    this.operations = operations;
    this.directory = directory;
  }

  /**
   * Makes an empty directory to write a checkpoint into. That of the run has to be there: if it was
   * taken away, one of the same name would divide the run among two.
   */
  Path begin(String name) throws IOException {
    if (!Files.exists(directory)) {
      operations.createDirectory(directory);
      operations.forceDirectory(directory.toAbsolutePath().getParent());
    }
    Path temporary = directory.resolve(WRITING + name);
    deleteTree(temporary);
    operations.createDirectory(temporary);
    return temporary;
  }

  /** Gives a finished checkpoint its name. */
  void publish(String name) throws IOException {
    Path temporary = directory.resolve(WRITING + name);
    Path target = directory.resolve(name);
    Path replaced = directory.resolve(REPLACED + name);
    boolean replaces = Files.exists(target);
    if (replaces) {
      operations.move(target, replaced);
    }
    try {
      operations.move(temporary, target);
    } catch (IOException failed) {
      if (replaces) {
        putBack(failed, replaced, target);
      }
      throw failed;
    }
    operations.forceDirectory(directory);
    if (replaces) {
      retire(replaced, name);
    }
  }

  private void putBack(IOException failure, Path replaced, Path target) {
    try {
      operations.move(replaced, target);
    } catch (IOException failed) {
      // The next one to open the store puts it back.
      failure.addSuppressed(failed);
    }
  }

  /** Removes what was written of a checkpoint after a failure. */
  void discardAfter(IOException failure, String name) {
    try {
      deleteTree(directory.resolve(WRITING + name));
    } catch (IOException failed) {
      failure.addSuppressed(failed);
    }
  }

  /**
   * Deletes a checkpoint; logs a warning where that fails, which only costs space. One that is gone
   * already, with the directory of the run perhaps, costs none.
   */
  void delete(String name) {
    retire(directory.resolve(name), name);
  }

  /** Renames before it deletes, so that a checkpoint is never seen with some of its files. */
  private void retire(Path path, String name) {
    Path deleting = directory.resolve(DELETING + name);
    try {
      deleteTree(deleting);
      operations.move(path, deleting);
      deleteTree(deleting);
    } catch (NoSuchFileException gone) {
      logger.debug("{} was deleted by somebody else", path);
    } catch (IOException failed) {
      logger.warn(
          "{} is no longer needed and could not be deleted: {}. If it stays, delete it by hand.",
          path,
          IoFailure.reason(failed));
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

  /**
   * Brings the directory into order after a crash.
   *
   * @throws IOException if leftovers cannot be removed
   */
  void recover() throws IOException {
    for (Path path : entries(directory)) {
      String file = path.getFileName().toString();
      if (isLeft(file, REPLACED)) {
        Path target = directory.resolve(file.substring(REPLACED.length()));
        if (Files.exists(target)) {
          deleteTree(path);
        } else {
          operations.move(path, target);
        }
      } else if (isLeft(file, WRITING) || isLeft(file, DELETING)) {
        deleteTree(path);
      }
    }
  }

  /** What has another name behind the prefix is not from here, so it stays. */
  private static boolean isLeft(String file, String prefix) {
    return file.startsWith(prefix) && CheckpointStore.isName(file.substring(prefix.length()));
  }

  /** Returns what a directory holds, in order; nothing where there is none. */
  static List<Path> entries(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.sorted().toList();
    }
  }
}
