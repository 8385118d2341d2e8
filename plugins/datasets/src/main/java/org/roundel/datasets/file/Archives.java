package org.roundel.datasets.file;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Archives of any kind, which people forget to unpack. */
public final class Archives {
  private static final Pattern NAME =
      Pattern.compile(".*\\.(zip|7z|rar|tgz|tar|tar\\.(gz|bz2|xz))", Pattern.CASE_INSENSITIVE);

  private Archives() {}

  /** Returns what to do with an archive that lies in the directory itself. */
  public static Optional<String> hint(Surroundings place, Path directory) {
    for (Path file : place.files()) {
      if (directory.equals(file.getParent())
          && NAME.matcher(file.getFileName().toString()).matches()) {
        return Optional.of("if the files are in " + file + ", unpack it there");
      }
    }
    return Optional.empty();
  }
}
