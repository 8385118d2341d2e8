package org.roundel.cli.command.data;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.core.config.DataDirectory;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which dataset, and where. */
final class DataOptions {
  @Parameters(paramLabel = "NAME", description = "the dataset; see 'roundel data list'")
  private String name = "";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "where its files are (default: .roundel/data/NAME in the home directory)")
  private @Nullable Path directory;

  String name() {
    return name;
  }

  Path directory() {
    return directory == null ? DataDirectory.usual(name) : directory.toAbsolutePath().normalize();
  }

  /** Returns the option as it has to be written for the next command, with a blank before it. */
  String asWritten() {
    return directory == null ? "" : " --data-dir " + MessageText.shellWord(directory);
  }
}
