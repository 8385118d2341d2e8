package org.roundel.cli.compare;

import java.util.List;
import java.util.stream.Collectors;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/**
 * A run that cannot be compared.
 *
 * @param name the end of its path that tells it from the others
 * @param failure why it cannot be read
 */
record UnreadableRun(String name, RoundelException failure) {
  /** Returns what is wrong, and what to do. */
  String fault() {
    return String.valueOf(failure.getMessage());
  }

  /**
   * Returns the failure of a comparison that has no run.
   *
   * @param runs one at least
   */
  static RoundelException all(List<UnreadableRun> runs) {
    if (runs.size() == 1) {
      return runs.get(0).failure();
    }
    return new RoundelException(
        ErrorKind.CONFIGURATION,
        runs.stream()
            .map(run -> "\n  " + run.fault().replace("\n", "\n  "))
            .collect(Collectors.joining("", "none of " + runs.size() + " runs can be read:", "")));
  }
}
