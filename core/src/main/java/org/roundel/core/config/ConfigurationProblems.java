package org.roundel.core.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.text.FuzzyMatcher;

/** Collects what is wrong with a configuration, so that the user hears of everything at once. */
public final class ConfigurationProblems {
  private final List<String> problems = new ArrayList<>();
  private @Nullable RoundelException only;

  /** Adds a problem, one line: where, found against allowed, what to do. */
  public void add(String problem) {
    problems.add(problem);
  }

  /** Adds a failure; if it stays the only problem it is thrown as it is, with its own kind. */
  public void add(RoundelException failure) {
    only = failure;
    problems.add(failure.getMessage());
  }

  /**
   * Adds a problem if the key is no setting's, or the value is not allowed for it. Components'
   * options are left for later.
   */
  public void checkSetting(String key, String value) {
    Option<?> setting = RunSettings.find(key);
    if (setting != null) {
      try {
        setting.parse(value);
        if (RunSettings.PATHS.contains(setting)) {
          UserPath.of(value);
        }
      } catch (InvalidInputException invalid) {
        add(key + ": " + invalid.getMessage());
      }
      return;
    }
    int dot = key.indexOf('.');
    List<String> components = RunSettings.COMPONENTS.stream().map(Option::name).toList();
    if (dot > 0 && components.contains(key.substring(0, dot))) {
      return;
    }
    List<String> names = RunSettings.ALL.stream().map(Option::name).toList();
    add(
        "unknown key '"
            + key
            + "'"
            + suggestion(key, names, components)
            + "; allowed: "
            + String.join(", ", names)
            + ", and COMPONENT.OPTION as in quantizer.delta");
  }

  /** Returns the nearest key, where a component's option is compared by the component's word. */
  private static String suggestion(String key, List<String> names, List<String> components) {
    int dot = key.indexOf('.');
    if (dot < 0) {
      return FuzzyMatcher.suggestion(key, names);
    }
    return FuzzyMatcher.nearest(key.substring(0, dot), components)
        .map(component -> "; did you mean '" + component + key.substring(dot) + "'?")
        .orElse("");
  }

  /**
   * Throws if there is any problem.
   *
   * @throws RoundelException of kind CONFIGURATION with all problems, numbered
   */
  public void throwIfAny() {
    if (problems.isEmpty()) {
      return;
    }
    if (problems.size() == 1) {
      if (only != null) {
        throw only;
      }
      throw new RoundelException(ErrorKind.CONFIGURATION, problems.get(0));
    }
    StringBuilder message =
        new StringBuilder("the configuration has " + problems.size() + " problems:");
    for (int index = 0; index < problems.size(); index++) {
      message
          .append("\n  ")
          .append(index + 1)
          .append(") ")
          .append(problems.get(index).replace("\n", "\n     "));
    }
    throw new RoundelException(ErrorKind.CONFIGURATION, message.toString());
  }
}
