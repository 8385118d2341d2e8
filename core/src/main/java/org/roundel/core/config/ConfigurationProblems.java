package org.roundel.core.config;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.api.MessageText;
import org.roundel.api.Option;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.text.FuzzyMatcher;

/** Collects what is wrong with a configuration, so that the user hears of everything at once. */
public final class ConfigurationProblems {
  /** Who has more to mend begins with these. */
  private static final int MOST_TOLD = 20;

  private final String whole;
  private final Set<String> told = new LinkedHashSet<>();
  private final Set<String> unknownKeys = new HashSet<>();
  private int others;
  private @Nullable RoundelException only;

  /** Makes an empty one of a configuration. */
  public ConfigurationProblems() {
    this("the configuration");
  }

  /**
   * Makes an empty one.
   *
   * @param whole what has the problems, as messages begin
   */
  public ConfigurationProblems(String whole) {
    this.whole = whole;
  }

  /** Adds a problem, one line: where, found against allowed, what to do. */
  public void add(String problem) {
    if (isFull()) {
      others++;
    } else {
      told.add(problem);
    }
  }

  /** Adds a failure; if it stays the only problem it is thrown as it is, with its own kind. */
  public void add(RoundelException failure) {
    only = failure;
    add(String.valueOf(failure.getMessage()));
  }

  /**
   * Adds a problem for each key that is no setting's and for each value that is not allowed.
   * Components' options are left for later.
   */
  void checkSettings(Map<String, String> given) {
    given.forEach(
        (key, value) -> {
          Option<?> setting = RunSettings.find(key);
          if (setting != null) {
            checkSetting(setting, value);
          } else if (RunSettings.componentOf(key) == null) {
            addUnknownKey(key, RunSettings.names());
          }
        });
    if (told.isEmpty()) {
      checkPatience(given);
    }
  }

  /** Without images held out only the test images could say when to stop. */
  private void checkPatience(Map<String, String> given) {
    int patience = RunSettings.PATIENCE.parse(given.getOrDefault(RunSettings.PATIENCE.name(), "0"));
    double share =
        RunSettings.VALIDATION.parse(given.getOrDefault(RunSettings.VALIDATION.name(), "0"));
    if (patience > 0 && share == 0) {
      add(
          "patience is "
              + patience
              + ", but validation is 0: a run that ends by the error on the test images chooses by"
              + " them, and that error says too little then; set validation too, as in 0.1, or"
              + " leave patience at 0");
    }
  }

  /** Adds a problem if the value is not allowed for the setting. */
  public void checkSetting(Option<?> setting, String value) {
    try {
      setting.parse(value);
      if (RunSettings.PATHS.contains(setting)) {
        UserPath.of(value);
      }
    } catch (InvalidInputException invalid) {
      add(setting.name() + ": " + invalid.getMessage());
    }
  }

  /**
   * Adds that nothing reads a key.
   *
   * @param keys what is read; the nearest of them is suggested
   */
  public void addUnknownKey(String key, Collection<String> keys) {
    boolean first = unknownKeys.isEmpty();
    if (!unknownKeys.add(key)) {
      return;
    }
    if (isFull()) {
      others++;
      return;
    }
    String suggestion = FuzzyMatcher.suggestion(key, keys);
    add(
        "unknown key "
            + MessageText.quoted(key)
            + (first ? FuzzyMatcher.withAllowed(suggestion, allowedKeys()) : suggestion));
  }

  private static String allowedKeys() {
    return String.join(", ", RunSettings.names()) + ", and COMPONENT.OPTION as in quantizer.delta";
  }

  /** Returns whether more problems would only be counted. */
  private boolean isFull() {
    return told.size() == MOST_TOLD;
  }

  /**
   * Throws if there is any problem.
   *
   * @throws RoundelException of kind CONFIGURATION with the problems, numbered
   */
  public void throwIfAny() {
    if (told.isEmpty()) {
      return;
    }
    if (told.size() == 1) {
      if (only != null) {
        throw only;
      }
      throw new RoundelException(ErrorKind.CONFIGURATION, told.iterator().next());
    }
    StringBuilder message =
        new StringBuilder(whole + " has " + (told.size() + others) + " problems:");
    int number = 0;
    for (String problem : told) {
      number++;
      message.append("\n  ").append(number).append(") ").append(problem.replace("\n", "\n     "));
    }
    if (others > 0) {
      message.append("\n  and ").append(others).append(" more");
    }
    throw new RoundelException(ErrorKind.CONFIGURATION, message.toString());
  }
}
