package org.roundel.core.config;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roundel.api.Option;

/**
 * What a run is to do: values of {@link RunSettings} and of its components' options, as text by
 * key.
 *
 * <p>A key is a setting's name, as in {@code batch-size}, or a component kind and one of its
 * options, as in {@code quantizer.delta}. The settings' values have been checked; components'
 * options are checked when the components are known. Immutable.
 */
public final class RunConfiguration {
  /** Nobody writes a longer one, and to read one takes the square of its length. */
  private static final int LONGEST_NUMBER = 1000;

  private final Map<String, String> given;

  private RunConfiguration(Map<String, String> given) {
    this.given = given;
  }

  /**
   * Returns the configuration with these values, after checking everything that can be checked
   * without plugins.
   *
   * @param given values by key; what is not given has its default
   * @throws org.roundel.core.RoundelException listing every unknown key and every value that is not
   *     allowed
   */
  public static RunConfiguration of(Map<String, String> given) {
    ConfigurationProblems problems = new ConfigurationProblems();
    problems.checkSettings(given);
    problems.throwIfAny();
    Map<String, String> values = new TreeMap<>(given);
    // Made absolute, so that a run can be resumed from another working directory.
    for (Option<String> path : RunSettings.PATHS) {
      values.computeIfPresent(path.name(), (key, text) -> absolute(text));
    }
    return new RunConfiguration(values);
  }

  /**
   * Returns this configuration with some values in place of its own.
   *
   * @throws org.roundel.core.RoundelException as {@link #of} does
   */
  public RunConfiguration with(Map<String, String> changes) {
    Map<String, String> values = new LinkedHashMap<>(given);
    values.putAll(changes);
    return of(values);
  }

  /**
   * Returns the values that another configuration has and this one has not, by key; null for a
   * component's option that only this one gives. {@code 1e-3} and {@code 0.001} are one value.
   */
  public SortedMap<String, @Nullable String> changesTo(RunConfiguration other) {
    Map<String, String> here = resolved();
    Map<String, String> there = other.resolved();
    SortedMap<String, @Nullable String> changes = new TreeMap<>();
    for (String key : here.keySet()) {
      if (!there.containsKey(key)) {
        changes.put(key, null);
      }
    }
    there.forEach(
        (key, value) -> {
          if (!isSame(here.get(key), value)) {
            changes.put(key, value);
          }
        });
    return changes;
  }

  /** Returns whether two texts are one value: {@code 1e-3} and {@code 0.001} are. */
  public static boolean isSame(@Nullable String one, String other) {
    return one != null && (one.equals(other) || meaning(one).equals(meaning(other)));
  }

  /** Returns what a text means: a number where it is one, so that equal values are equal. */
  public static Object meaning(String text) {
    if (text.length() > LONGEST_NUMBER) {
      return text;
    }
    try {
      return new BigDecimal(text).stripTrailingZeros();
    } catch (NumberFormatException | ArithmeticException word) {
      return text;
    }
  }

  /** Returns the text of a value as it was given, or the setting's default; null if neither is. */
  public @Nullable String text(String key) {
    return resolved().get(key);
  }

  private static String absolute(String path) {
    return UserPath.of(path).toAbsolutePath().normalize().toString();
  }

  /** Returns the value of a setting: the given one, else its default. */
  public <T> T get(Option<T> setting) {
    String text = given.get(setting.name());
    return setting.parse(text == null ? setting.defaultText() : text);
  }

  /** Returns whether a value was given for this setting. */
  public boolean isGiven(Option<?> setting) {
    return given.containsKey(setting.name());
  }

  /**
   * Returns the options given to one component, by option name.
   *
   * @param component one of {@link RunSettings#COMPONENTS}
   */
  public Map<String, String> componentOptions(Option<String> component) {
    return componentOptions(given, component);
  }

  /** Returns the options of one component among given values, by option name. */
  public static Map<String, String> componentOptions(
      Map<String, String> given, Option<String> component) {
    String prefix = component.name() + ".";
    Map<String, String> options = new LinkedHashMap<>();
    given.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            options.put(key.substring(prefix.length()), value);
          }
        });
    return options;
  }

  /**
   * Returns every setting with its value, defaults included, then the components' given options. A
   * path that was not given is not there.
   */
  public Map<String, String> resolved() {
    Map<String, String> values = new LinkedHashMap<>();
    for (Option<?> setting : RunSettings.ALL) {
      String text = given.getOrDefault(setting.name(), setting.defaultText());
      if (!(text.isEmpty() && RunSettings.PATHS.contains(setting))) {
        values.put(setting.name(), text);
      }
    }
    given.forEach(values::putIfAbsent);
    return values;
  }
}
