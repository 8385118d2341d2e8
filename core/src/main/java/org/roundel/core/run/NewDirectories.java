package org.roundel.core.run;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** A directory that was made with those above it, and that is removed with them if it is no use. */
final class NewDirectories {
  private final Deque<Path> made = new ArrayDeque<>();

  private NewDirectories() {}

  /**
   * Makes a directory and those above it, as far as they do not exist.
   *
   * @throws IOException if one cannot be made; none is left behind then
   */
  static NewDirectories make(Path directory) throws IOException {
    NewDirectories all = new NewDirectories();
    Deque<Path> missing = new ArrayDeque<>();
    Path above = directory.toAbsolutePath();
    while (above != null && !Files.exists(above)) {
      missing.push(above);
      above = above.getParent();
    }
    try {
      for (Path next : missing) {
        if (Files.notExists(next)) {
          all.makeOne(next);
        }
      }
      // Says what is wrong where something that is no directory is in the way.
      Files.createDirectories(directory);
      return all;
    } catch (IOException failed) {
      all.remove(failed);
      throw failed;
    }
  }

  private void makeOne(Path directory) throws IOException {
    try {
      Files.createDirectory(directory);
      made.push(directory);
    } catch (FileAlreadyExistsException another) {
      // Another process was faster; what matters is that it is a directory.
      if (!Files.isDirectory(directory)) {
        throw another;
      }
    }
  }

  /** Removes what was made, as far as nothing has been put into it. */
  void remove(IOException because) {
    try {
      while (!made.isEmpty()) {
        Files.deleteIfExists(made.pop());
      }
    } catch (IOException inUse) {
      because.addSuppressed(inUse);
    }
  }
}
