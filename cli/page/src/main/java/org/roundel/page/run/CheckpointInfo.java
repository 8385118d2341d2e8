package org.roundel.page.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.CheckpointStore;

/**
 * A checkpoint as it lies there; its files are not opened.
 *
 * @param name as {@code roundel evaluate --checkpoint} takes it
 * @param best whether it is the best
 * @param bytes length of its files together
 * @param written when, as ISO 8601 has it
 */
record CheckpointInfo(String name, boolean best, long bytes, String written) {
  /**
   * Returns the checkpoints of a run, oldest first. Those that go meanwhile are left out, and
   * links.
   */
  static List<CheckpointInfo> of(Path directory) throws RoundelException {
    CheckpointStore store = CheckpointStore.forReading(directory);
    List<CheckpointInfo> found = new ArrayList<>();
    Optional<String> best = store.best();
    for (String name : store.list()) {
      Path checkpoint = directory.resolve(name);
      if (!Files.isDirectory(checkpoint, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      try (Stream<Path> files = Files.list(checkpoint)) {
        long bytes = 0;
        for (Path file : (Iterable<Path>) files::iterator) {
          bytes += Math.max(0, FileStamp.of(file).size());
        }
        String written = Files.getLastModifiedTime(checkpoint).toString();
        found.add(new CheckpointInfo(name, best.equals(Optional.of(name)), bytes, written));
      } catch (IOException | UncheckedIOException gone) {
        // The run keeps the newest ones only.
      }
    }
    return found;
  }
}
