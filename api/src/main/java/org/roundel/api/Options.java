package org.roundel.api;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The checked option values of one component.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class Options {
  private final Map<String, Option<?>> declared;
  private final Map<String, String> given;

  private Options(Map<String, Option<?>> declared, Map<String, String> given) {
    this.declared = declared;
    this.given = given;
  }

  /**
   * Returns the values of the declared options, given by name as text where they differ from the
   * default.
   *
   * @param declared the options that a component declares
   * @param given values by option name
   * @throws InvalidInputException if a name is not declared or a value is outside its option's
   *     range
   */
  public static Options of(Collection<? extends Option<?>> declared, Map<String, String> given) {
    Map<String, Option<?>> byName = new LinkedHashMap<>();
    for (Option<?> option : declared) {
      if (byName.put(option.name(), option) != null) {
        throw new IllegalArgumentException("option '" + option.name() + "' is declared twice");
      }
    }
    for (Map.Entry<String, String> entry : given.entrySet()) {
      Option<?> option = byName.get(entry.getKey());
      if (option == null) {
        throw new InvalidInputException(
            "unknown option "
                + MessageText.quoted(entry.getKey())
                + "; allowed: "
                + byName.keySet());
      }
      try {
        option.parse(entry.getValue());
      } catch (InvalidInputException invalid) {
        throw new InvalidInputException(
            "option '" + entry.getKey() + "': " + invalid.getMessage(), invalid);
      }
    }
    return new Options(byName, Map.copyOf(given));
  }

  /** Returns the defaults of the declared options. */
  public static Options defaults(Collection<? extends Option<?>> declared) {
    return of(declared, Map.of());
  }

  /**
   * Returns the value of an option: the given one, else its default.
   *
   * @throws IllegalArgumentException if the component did not declare this option
   */
  public <T> T get(Option<T> option) {
    requireDeclared(option);
    String text = given.get(option.name());
    return option.parse(text == null ? option.defaultText() : text);
  }

  /**
   * Returns whether the user gave this option a value.
   *
   * @throws IllegalArgumentException if the component did not declare this option
   */
  public boolean isGiven(Option<?> option) {
    requireDeclared(option);
    return given.containsKey(option.name());
  }

  private void requireDeclared(Option<?> option) {
    if (declared.get(option.name()) != option) {
      throw new IllegalArgumentException(
          "option '"
              + option.name()
              + "' was read but is not declared; declared: "
              + declared.keySet());
    }
  }
}
