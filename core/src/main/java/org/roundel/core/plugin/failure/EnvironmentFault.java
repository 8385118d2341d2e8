package org.roundel.core.plugin.failure;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.core.text.FileNames;

/** What a plugin meets and is not to blame for: files, disks, limits, and the locale. */
public final class EnvironmentFault {
  /** A chain of causes may be a circle. */
  private static final int DEEPEST = 30;

  private EnvironmentFault() {}

  /**
   * Explains what happened to a plugin that threw this.
   *
   * @param thrown also as a cause behind a plugin's own exceptions
   * @return null if the environment has no part in it
   */
  public static @Nullable Explanation in(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof IOException failure) {
        return Explanation.ofFile(failure);
      }
      if (cause instanceof InvalidPathException invalid) {
        return ofName(invalid);
      }
      cause = Explanation.cause(cause);
    }
    return null;
  }

  private static Explanation ofName(InvalidPathException invalid) {
    String problem = FileNames.problem(invalid.getInput());
    if (problem != null) {
      return new Explanation(problem, FileNames.ADVICE);
    }
    return new Explanation(
        MessageText.quoted(invalid.getInput()) + " is no path: " + invalid.getReason(),
        "Use another name.");
  }
}
