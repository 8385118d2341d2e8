package org.roundel.cli.recipe;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.core.run.IoFailure;
import org.roundel.core.text.FuzzyMatcher;

/**
 * The recipes of an installation: the files {@code conf/recipes/NAME.yaml}, each a run's settings
 * as {@code --config} reads them.
 */
public final class Recipes {
  /** Where they are in an installation. */
  public static final Path PLACE = Path.of("conf", "recipes");

  private static final String SUFFIX = ".yaml";
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private final Path directory;
  private final List<String> names;

  private Recipes(Path directory, List<String> names) {
    this.directory = directory;
    this.names = names;
  }

  /**
   * Returns those that there are now.
   *
   * @param home where the program is installed; without it there are none
   * @throws RoundelException if the directory cannot be read
   */
  public static Recipes of(@Nullable Path home) {
    if (home == null || !Files.isDirectory(home.resolve(PLACE))) {
      return new Recipes(PLACE, List.of());
    }
    Path directory = home.resolve(PLACE);
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        names.add(name.substring(0, name.length() - SUFFIX.length()));
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      IOException reason =
          unreadable instanceof DirectoryIteratorException inside
              ? inside.getCause()
              : (IOException) unreadable;
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "cannot read the recipes in " + directory + ": " + IoFailure.reason(reason),
          reason);
    }
    // Numbers by their value: 30 epochs stand before 126.
    names.sort(
        Comparator.comparing(
            name ->
                NUMBER
                    .matcher(name)
                    .replaceAll(digits -> String.format(Locale.ROOT, "%12s", digits.group()))));
    return new Recipes(directory, List.copyOf(names));
  }

  /** Returns their names, numbers in them in the order of their values. */
  public List<String> names() {
    return names;
  }

  /**
   * Returns the keys and values of one, not yet checked.
   *
   * @throws RoundelException if there is none of this name, or its file is no flat YAML
   */
  public Map<String, String> read(String name) {
    return ConfigurationFile.readYaml(file(name));
  }

  /**
   * Returns the whole text of one: what it is, and its settings.
   *
   * @throws RoundelException if there is none of this name, or its file cannot be read
   */
  public String text(String name) {
    Path file = file(name);
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "cannot read " + file + ": " + IoFailure.reason(unreadable),
          unreadable);
    }
  }

  private Path file(String name) {
    if (!names.contains(name)) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "there is no recipe "
              + MessageText.quoted(name)
              + FuzzyMatcher.suggestion(name, names)
              + "\n  "
              + inventory());
    }
    return directory.resolve(name + SUFFIX);
  }

  private String inventory() {
    return names.isEmpty()
        ? "there are none: they are files in "
            + PLACE
            + " of the installation, which bin/roundel of the same installation finds"
        : "there is: " + String.join(", ", names);
  }
}
