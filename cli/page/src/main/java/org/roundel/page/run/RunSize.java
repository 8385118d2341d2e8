package org.roundel.page.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much room a run takes. */
final class RunSize {
  private static final int DEPTH = 4;

  private RunSize() {}

  /** Returns the length of all files of a run together; of those that go meanwhile, nothing. */
  static long bytes(Path run) {
    try (Stream<Path> files = Files.walk(run, DEPTH)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException | UncheckedIOException gone) {
      return 0;
    }
  }
}
