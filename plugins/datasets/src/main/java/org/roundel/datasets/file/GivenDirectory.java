package org.roundel.datasets.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What can be wrong with a directory before anything in it is looked at. */
public final class GivenDirectory {
  private static final String DENIED = "permission to read the directory ";

  private GivenDirectory() {}

  /** Returns why nothing can be found in a directory, as a clause; empty if it can be read. */
  public static Optional<String> fault(Path directory) {
    Optional<String> broken = brokenLink(directory);
    if (broken.isPresent()) {
      return broken;
    }
    if (Files.notExists(directory)) {
      return Optional.of("there is no directory " + directory);
    }
    if (Files.isRegularFile(directory)) {
      return Optional.of(directory + " is a file, not a directory");
    }
    return Files.isReadable(directory) && Files.isExecutable(directory)
        ? Optional.empty()
        : Optional.of(DENIED + directory + " is denied");
  }

  /** Returns what to do about a {@link #fault} that no other file can cure. */
  public static Optional<String> cure(String fault) {
    return fault.startsWith(DENIED)
        ? Optional.of("make it readable for this user, or give another --data-dir")
        : Optional.empty();
  }

  /** Returns what is wrong with a link that leads nowhere, and nothing for all else. */
  public static Optional<String> brokenLink(Path path) {
    if (!Files.isSymbolicLink(path) || Files.exists(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          path + " is a link to " + Files.readSymbolicLink(path) + ", which does not exist");
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
