package org.roundel.core.run;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/** Makes directories whose names the program chooses, so that no two processes get the same. */
public final class FreshDirectory {
  private FreshDirectory() {}

  /**
   * Makes a directory of this name, or with {@code -2}, {@code -3} and so on behind it where that
   * exists already, and those above it.
   *
   * @return the directory; nobody else has made it
   * @throws RoundelException if it cannot be made
   */
  public static Path make(Path parent, String name) {
    Path directory = parent.resolve(name);
    try {
      if (!parent.toString().isEmpty()) {
        Files.createDirectories(parent);
      }
      for (int attempt = 2; !made(directory); attempt++) {
        directory = parent.resolve(name + "-" + attempt);
      }
      return directory;
    } catch (IOException failed) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "the directory %s cannot be made: %s. %s",
              directory,
              IoFailure.reason(failed, parent),
              IoFailure.WRITE_ADVICE),
          failed);
    }
  }

  /** To ask first and make then would be a race. */
  private static boolean made(Path directory) throws IOException {
    try {
      Files.createDirectory(directory);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
  }
}
