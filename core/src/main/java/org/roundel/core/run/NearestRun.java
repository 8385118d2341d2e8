package org.roundel.core.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the run that is meant by a path that is none. */
final class NearestRun {
  /** A file of a checkpoint lies so deep in its run. */
  private static final int CHECKPOINT_DEPTH = 3;

  private static final int MOST_LOOKED_AT = 1000;

  private NearestRun() {}

  /** Returns the run that a path leads into, or the newest of those that it holds. */
  static Optional<Path> to(Path path) {
    Path above = path;
    for (int level = 0; level < CHECKPOINT_DEPTH; level++) {
      above = above == null ? null : above.getParent();
      if (above != null && RunDirectory.missing(above).isEmpty()) {
        return Optional.of(above);
      }
    }
    if (!Files.isDirectory(path)) {
      return Optional.empty();
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries
          .limit(MOST_LOOKED_AT)
          .filter(entry -> RunDirectory.missing(entry).isEmpty())
          .max(Comparator.comparing(NearestRun::changed));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static FileTime changed(Path run) {
    try {
      return Files.getLastModifiedTime(run.resolve(RunDirectory.CONFIG));
    } catch (IOException gone) {
      return FileTime.fromMillis(0);
    }
  }
}
