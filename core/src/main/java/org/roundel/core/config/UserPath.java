package org.roundel.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.roundel.api.InvalidInputException;
import org.roundel.api.MessageText;
import org.roundel.core.text.FileNames;

/** Makes paths of what users write. */
public final class UserPath {
  private static final String UP = "..";

  private UserPath() {}

  /**
   * Returns the path that a text names. An empty one, as of a variable that is not set, is none: it
   * would be the working directory here and the default there. A {@code ..} behind a name is taken
   * away, also where that name does not exist, so that nothing is made on the way.
   *
   * @throws InvalidInputException if the text is blank, or has characters that no path may have
   */
  public static Path of(String text) {
    if (text.isBlank()) {
      throw new InvalidInputException(
          MessageText.quoted(text)
              + " names no file or directory; give a path, or leave it out where it has a default");
    }
    try {
      return withoutDetours(Path.of(text));
    } catch (InvalidPathException invalid) {
      String problem = FileNames.problem(text);
      throw new InvalidInputException(
          problem == null
              ? MessageText.quoted(text) + " is no path: " + invalid.getReason()
              : problem + ". " + FileNames.ADVICE,
          invalid);
    }
  }

  private static Path withoutDetours(Path path) {
    for (int index = 1; index < path.getNameCount(); index++) {
      if (isUp(path.getName(index)) && !isUp(path.getName(index - 1))) {
        return walked(path.toAbsolutePath());
      }
    }
    return path;
  }

  /** Follows the names one by one; what lies above a symbolic link is what its target lies in. */
  private static Path walked(Path absolute) {
    Path here = absolute.getRoot();
    for (Path name : absolute) {
      if (name.toString().equals(".")) {
        continue;
      }
      if (isUp(name)) {
        Path parent = real(here).getParent();
        here = parent == null ? here : parent;
      } else {
        here = here.resolve(name);
      }
    }
    return here;
  }

  private static Path real(Path path) {
    if (!Files.isSymbolicLink(path)) {
      return path;
    }
    try {
      return path.toRealPath();
    } catch (IOException dangling) {
      return path;
    }
  }

  private static boolean isUp(Path name) {
    return name.toString().equals(UP);
  }
}
