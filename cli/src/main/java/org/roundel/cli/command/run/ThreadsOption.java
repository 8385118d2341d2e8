package org.roundel.cli.command.run;

import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import picocli.CommandLine.Option;

/** How many threads a command computes with that has its other settings from a run. */
final class ThreadsOption {
  @Option(
      names = "--threads",
      paramLabel = "N",
      order = 700,
      description = {
        "threads to compute with; 0 for one per processor",
        "(default: as the run was started)"
      })
  private @Nullable String threads;

  /**
   * Returns the count; empty if none was given.
   *
   * @throws org.roundel.core.RoundelException if it is not allowed
   */
  OptionalInt threads() {
    if (threads == null) {
      return OptionalInt.empty();
    }
    RunConfiguration given = RunConfiguration.of(Map.of(RunSettings.THREADS.name(), threads));
    return OptionalInt.of(given.get(RunSettings.THREADS));
  }
}
