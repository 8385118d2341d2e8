package org.roundel.core.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/**
 * A run that ended before its first checkpoint was whole. There is nothing to go on from, but its
 * manifest says what it was to do.
 */
public final class UnstartedRun {
  private UnstartedRun() {}

  /**
   * Returns whether a directory holds such a run. One that has recorded an epoch has had
   * checkpoints, wherever they are now, and so has one whose link to them leads nowhere. A damaged
   * checkpoint counts, too.
   *
   * @throws RoundelException if the directory cannot be read
   */
  public static boolean isIn(Path path) {
    try {
      return Files.exists(path.resolve(RunDirectory.MANIFEST))
          && !Files.exists(path.resolve(RunDirectory.REPORT), LinkOption.NOFOLLOW_LINKS)
          && !hasHistory(path.resolve(RunDirectory.HISTORY))
          && !holdsCheckpoint(path.resolve(RunDirectory.CHECKPOINTS));
    } catch (IOException failed) {
      throw failure("the run directory " + path + " cannot be read", failed);
    }
  }

  private static boolean hasHistory(Path history) throws IOException {
    return Files.exists(history) && Files.size(history) > 0;
  }

  private static boolean holdsCheckpoint(Path checkpoints) throws IOException {
    if (!Files.isDirectory(checkpoints)) {
      return Files.exists(checkpoints, LinkOption.NOFOLLOW_LINKS);
    }
    try (Stream<Path> entries = Files.list(checkpoints)) {
      return entries.anyMatch(entry -> !isHalfWritten(entry.getFileName().toString()));
    }
  }

  /** What has another name behind the beginning is somebody's. */
  private static boolean isHalfWritten(String file) {
    return file.startsWith(RunDirectory.HALF_WRITTEN)
        && RunDirectory.CHECKPOINT_NAME
            .matcher(file.substring(RunDirectory.HALF_WRITTEN.length()))
            .matches();
  }

  /**
   * Empties the directory of such a run, so that it can be created again. Where there is none,
   * nothing happens.
   *
   * @throws RoundelException if it is in use or cannot be written
   */
  static void discard(Path path) {
    if (!isIn(path)) {
      return;
    }
    try (RunLock lock = RunLock.acquire(path)) {
      if (isIn(path)) {
        Path checkpoints = path.resolve(RunDirectory.CHECKPOINTS);
        if (Files.isDirectory(checkpoints)) {
          deleteTree(checkpoints);
        }
        // The manifest last: without it nobody may delete the others.
        for (String name :
            List.of(RunDirectory.CONFIG, RunDirectory.HISTORY, RunDirectory.MANIFEST)) {
          Files.deleteIfExists(path.resolve(name));
        }
      }
    } catch (IOException failed) {
      throw failure("the run directory " + path + " cannot be emptied", failed);
    }
  }

  private static void deleteTree(Path directory) throws IOException {
    try (Stream<Path> entries = Files.walk(directory)) {
      for (Path entry : (Iterable<Path>) entries.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(entry);
      }
    }
  }

  private static RoundelException failure(String what, IOException cause) {
    return new RoundelException(
        ErrorKind.CONFIGURATION, what + ": " + IoFailure.reason(cause) + ".", cause);
  }
}
