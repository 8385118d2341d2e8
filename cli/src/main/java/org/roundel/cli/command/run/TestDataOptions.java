package org.roundel.cli.command.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.cli.command.context.Assignments;
import org.roundel.core.config.RunSettings;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What a net from a file is tested on; a run has its own. */
final class TestDataOptions {
  private static final String PREFIX = RunSettings.DATASET.name() + ".";

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      order = 1,
      description = {
        "of a file: the dataset whose test images are taken",
        "(default: the one that the net was trained on)"
      })
  private @Nullable String dataset;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      order = 2,
      description = "of a file: where the dataset's files are (default: as in train)")
  private @Nullable Path dataDirectory;

  @Option(
      names = "--set",
      paramLabel = "dataset.KEY=VALUE",
      order = 3,
      description = "of a file: set an option of the dataset; may be given many times")
  private List<String> set = List.of();

  /** Returns the first of the options that the user gave, null for none. */
  @Nullable String given() {
    if (dataset != null) {
      return "--dataset";
    }
    if (dataDirectory != null) {
      return "--data-dir";
    }
    return set.isEmpty() ? null : "--set";
  }

  /**
   * Returns the settings, by key.
   *
   * @param trainedOn the dataset where the user gave none
   */
  Map<String, String> settings(CommandLine command, String trainedOn) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(RunSettings.DATASET.name(), dataset == null ? trainedOn : dataset);
    if (dataDirectory != null) {
      settings.put(RunSettings.DATA_DIRECTORY.name(), dataDirectory.toString());
    }
    Assignments.of(command, set, "dataset.test-limit=1000")
        .forEach(
            (key, value) -> {
              if (!key.startsWith(PREFIX)) {
                throw new ParameterException(
                    command,
                    "--set takes options of the dataset here, as in --set dataset.test-limit=1000;"
                        + " found "
                        + MessageText.quoted(key));
              }
              settings.put(key, value);
            });
    return settings;
  }
}
