package org.roundel.cli.command.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.command.context.Assignments;
import org.roundel.cli.recipe.Recipes;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.core.run.RunDirectory;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * Puts a run's configuration together: defaults, then the file or recipe, then the options of their
 * own name, then {@code --set}; the later wins.
 */
public final class ConfigurationOptions {
  @ArgGroup(exclusive = true, order = 1)
  private @Nullable Source source;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      order = 2,
      description = {
        "set an option of a component or any other key;",
        "wins over all else; may be given many times"
      })
  private List<String> set = List.of();

  /** Where a configuration may be read from; one of them at most. */
  static final class Source {
    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = {
          "read settings from a YAML file, 'key: value' a",
          "line; options on the command line win over it"
        })
    private @Nullable Path config;

    @Option(
        names = "--from",
        paramLabel = "MANIFEST",
        description = "repeat the run that this manifest.json records")
    private @Nullable Path manifest;

    @Option(
        names = "--recipe",
        paramLabel = "NAME",
        description = {
          "read the settings of a recipe; 'roundel list' shows",
          "the names, 'roundel describe NAME' what it says"
        })
    private @Nullable String recipe;
  }

  /**
   * Returns the values that the command line gives, by key. They are checked when the components
   * are known.
   *
   * @param home where the program is installed, with its recipes; null if nobody said
   */
  public Map<String, String> given(CommandLine command, @Nullable Path home) {
    Map<String, String> values = new LinkedHashMap<>(fromFile(home));
    values.putAll(SettingOptions.given(command));
    values.putAll(Assignments.of(command, set, "quantizer.scale=0.5"));
    return values;
  }

  private Map<String, String> fromFile(@Nullable Path home) {
    if (source == null) {
      return Map.of();
    }
    if (source.config != null) {
      return ConfigurationFile.readYaml(source.config);
    }
    if (source.recipe != null) {
      return Recipes.of(home).read(source.recipe);
    }
    return manifest().map(ConfigurationFile::readManifest).orElse(Map.of());
  }

  /** Returns the record of the run to repeat, if the user named one. */
  Optional<Path> manifest() {
    if (source == null || source.manifest == null) {
      return Optional.empty();
    }
    Path given = source.manifest;
    return Optional.of(Files.isDirectory(given) ? given.resolve(RunDirectory.MANIFEST) : given);
  }
}
