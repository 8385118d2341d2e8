package org.roundel.api;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/**
 * A declared option of a component: its name, type, default, allowed range and one line of help.
 *
 * <p>Options are constants of a factory. Values arrive as text and are parsed and checked before
 * the component is created, so a component never sees a value outside its range. Immutable.
 *
 * @param <T> the type of the parsed value
 */
public final class Option<T> {
  /** The type whose values are what was written, blanks at the ends included. */
  private static final String TEXT = "text";

  private final String name;
  private final String type;
  private final String defaultText;
  private final String range;
  private final String help;
  private final List<String> edges;
  private final Function<String, T> parser;

  private Option(
      String name,
      String type,
      String defaultText,
      String range,
      String help,
      List<String> edges,
      Function<String, T> parser) {
    if (!name.matches(ComponentFactory.NAME_PATTERN)) {
      throw new IllegalArgumentException(
          "option name '" + name + "' does not match " + ComponentFactory.NAME_PATTERN);
    }
    this.name = name;
    this.type = type;
    this.defaultText = defaultText;
    this.range = range;
    this.help = Objects.requireNonNull(help);
    this.edges = List.copyOf(edges);
    this.parser = parser;
    try {
      parse(defaultText);
    } catch (InvalidInputException invalidDefault) {
      throw new IllegalArgumentException(
          "option '" + name + "' has an invalid default", invalidDefault);
    }
  }

  /**
   * Declares a real number in [{@code minimum}, {@code maximum}]; infinite bounds are open, NaN is
   * never allowed.
   */
  public static Option<Double> real(
      String name, double defaultValue, double minimum, double maximum, String help) {
    return new Option<>(
        name,
        "real",
        OptionText.number(defaultValue),
        "[" + OptionText.number(minimum) + ", " + OptionText.number(maximum) + "]",
        help,
        OptionText.finite(minimum, maximum),
        text -> OptionText.real(text, minimum, maximum));
  }

  /** Declares a real number greater than 0 and at most {@code maximum}. */
  public static Option<Double> positive(
      String name, double defaultValue, double maximum, String help) {
    return new Option<>(
        name,
        "real",
        OptionText.number(defaultValue),
        "(0, " + OptionText.number(maximum) + "]",
        help,
        OptionText.finite(maximum),
        text -> OptionText.real(text, Double.MIN_VALUE, maximum));
  }

  /** Declares a whole number from {@code minimum} to {@code maximum}, both allowed. */
  public static Option<Integer> integer(
      String name, int defaultValue, int minimum, int maximum, String help) {
    return new Option<>(
        name,
        "integer",
        Integer.toString(defaultValue),
        "[" + minimum + ", " + maximum + "]",
        help,
        List.of(Integer.toString(minimum), Integer.toString(maximum)),
        text -> OptionText.integer(text, minimum, maximum));
  }

  /** Declares any whole number that fits 64 bits, as for a seed. */
  public static Option<Long> wholeNumber(String name, long defaultValue, String help) {
    return new Option<>(
        name,
        "whole number",
        Long.toString(defaultValue),
        "[-2^63, 2^63 - 1]",
        help,
        List.of(Long.toString(Long.MIN_VALUE), Long.toString(Long.MAX_VALUE)),
        OptionText::wholeNumber);
  }

  /**
   * Declares a whole number from {@code minimum} to {@code maximum} that is {@code offset} plus a
   * multiple of {@code stride}.
   */
  public static Option<Integer> stepped(
      String name,
      int defaultValue,
      int minimum,
      int maximum,
      int stride,
      int offset,
      String help) {
    return new Option<>(
        name,
        "integer",
        Integer.toString(defaultValue),
        "[" + minimum + ", " + maximum + "], " + stride + "n+" + offset,
        help,
        List.of(
            Integer.toString(minimum + Math.floorMod(offset - minimum, stride)),
            Integer.toString(maximum - Math.floorMod(maximum - offset, stride))),
        text -> {
          int value = OptionText.integer(text, minimum, maximum);
          if (Math.floorMod(value - offset, stride) != 0) {
            throw new InvalidInputException("not of the form " + stride + "n+" + offset);
          }
          return value;
        });
  }

  /** Declares an option that is {@code true} or {@code false}. */
  public static Option<Boolean> flag(String name, boolean defaultValue, String help) {
    return new Option<>(
        name,
        "flag",
        Boolean.toString(defaultValue),
        "true | false",
        help,
        List.of("true", "false"),
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new InvalidInputException("neither true nor false");
            });
  }

  /** Declares an option that is one of the given words. */
  public static Option<String> choice(
      String name, String defaultValue, List<String> allowed, String help) {
    List<String> words = List.copyOf(allowed);
    return new Option<>(
        name,
        "choice",
        defaultValue,
        String.join(" | ", words),
        help,
        words,
        text -> {
          if (!words.contains(text)) {
            throw new InvalidInputException("not one of the choices");
          }
          return text;
        });
  }

  /** Declares free text; the empty text is allowed and is the usual default. */
  public static Option<String> text(String name, String defaultValue, String help) {
    return new Option<>(name, TEXT, defaultValue, "any text", help, List.of(), text -> text);
  }

  /**
   * Declares a comma-separated list of whole numbers from {@code minimum} to {@code maximum},
   * strictly increasing, maybe empty.
   */
  public static Option<List<Integer>> increasing(
      String name, List<Integer> defaultValue, int minimum, int maximum, String help) {
    StringBuilder text = new StringBuilder();
    for (Integer value : defaultValue) {
      text.append(text.isEmpty() ? "" : ",").append(value);
    }
    return new Option<>(
        name,
        "integer list",
        text.toString(),
        "increasing, each in [" + minimum + ", " + maximum + "]",
        help,
        List.of("", Integer.toString(minimum), Integer.toString(maximum)),
        value -> OptionText.increasing(value, minimum, maximum));
  }

  /** Returns the name; it matches {@link ComponentFactory#NAME_PATTERN}. */
  public String name() {
    return name;
  }

  /** Returns the word that says what kind of value this is, for help texts. */
  public String type() {
    return type;
  }

  /** Returns the default, written as a user would write it. */
  public String defaultText() {
    return defaultText;
  }

  /** Returns the allowed values in words, for help texts. */
  public String range() {
    return range;
  }

  /** Returns one line of help. */
  public String help() {
    return help;
  }

  /**
   * Returns the values at the edges of the range, as a user would write them: both ends, every word
   * of a choice; nothing for an end that is open or infinite, and for free text. For tests.
   */
  public List<String> edgeValues() {
    return edges;
  }

  /**
   * Parses and checks a value.
   *
   * @param text the value as the user wrote it
   * @return the value
   * @throws InvalidInputException if the text is no such value or lies outside the range; the
   *     message gives found against allowed
   */
  public T parse(String text) {
    try {
      return parser.apply(type.equals(TEXT) ? text : text.strip());
    } catch (InvalidInputException invalid) {
      throw new InvalidInputException(
          MessageText.quoted(text)
              + " is "
              + invalid.getMessage()
              + "; allowed: "
              + type
              + " "
              + range,
          invalid);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
