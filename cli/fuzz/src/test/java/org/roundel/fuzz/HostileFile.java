package org.roundel.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file, in a directory of its own, that has other bytes each time. */
public final class HostileFile {
  private final Path path;

  /** Makes a place for it. */
  public HostileFile(String name) {
    try {
      Path directory = Files.createTempDirectory("roundel-fuzz-");
      directory.toFile().deleteOnExit();
      path = directory.resolve(name);
      path.toFile().deleteOnExit();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Returns where it is, which need not exist yet. */
  public Path path() {
    return path;
  }

  /** Writes it, and returns where it is. */
  public Path with(byte[] content) {
    try {
      // A file that is cut and written again is put on the disk at once by some file systems.
      Files.deleteIfExists(path);
      return Files.write(path, content);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
