package org.roundel.api;

import java.util.ArrayList;
import java.util.List;

/**
 * Options' values as text: reading and writing numbers. What is wrong with one is said without the
 * text itself, which {@link Option#parse} adds.
 */
final class OptionText {
  private OptionText() {}

  /** Reads a real number within a range. */
  static double real(String text, double minimum, double maximum) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException notANumber) {
      throw new InvalidInputException("not a number", notANumber);
    }
    // Written so that NaN is refused too.
    if (!(value >= minimum && value <= maximum)) {
      throw new InvalidInputException("out of range");
    }
    return value;
  }

  /** Writes those ends of a range that are finite. */
  static List<String> finite(double... ends) {
    List<String> texts = new ArrayList<>();
    for (double end : ends) {
      if (Double.isFinite(end)) {
        texts.add(number(end));
      }
    }
    return texts;
  }

  /** Reads a whole number of 32 bits within a range. */
  static int integer(String text, int minimum, int maximum) {
    int value;
    try {
      value = Integer.parseInt(text);
    } catch (NumberFormatException notANumber) {
      throw new InvalidInputException("not a whole number that fits 32 bits", notANumber);
    }
    if (value < minimum || value > maximum) {
      throw new InvalidInputException("out of range");
    }
    return value;
  }

  /** Reads a list of whole numbers within a range, each greater than the one before. */
  static List<Integer> increasing(String text, int minimum, int maximum) {
    List<Integer> values = new ArrayList<>();
    if (text.isEmpty()) {
      return List.of();
    }
    for (String part : text.split(",", -1)) {
      int value = integer(part.strip(), minimum, maximum);
      if (!values.isEmpty() && value <= values.get(values.size() - 1)) {
        throw new InvalidInputException("not increasing");
      }
      values.add(value);
    }
    return List.copyOf(values);
  }

  /** Writes a number without a fraction where it has none. */
  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e7) {
      return Long.toString((long) value);
    }
    return Double.toString(value);
  }

  /** Reads a whole number of 64 bits. */
  static long wholeNumber(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException notANumber) {
      throw new InvalidInputException("not a whole number that fits 64 bits", notANumber);
    }
  }
}
