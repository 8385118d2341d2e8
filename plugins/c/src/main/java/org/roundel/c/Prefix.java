package org.roundel.c;

import java.util.Locale;
import java.util.regex.Pattern;
import org.roundel.api.InvalidInputException;
import org.roundel.api.MessageText;

/**
 * What all names in a header begin with, so that a firmware can have two nets: the file's name
 * without its ending, with an underscore for all that is no letter or digit.
 *
 * @param lower of arrays and functions
 */
record Prefix(String lower) {
  /** What the names of {@code roundel.h} begin with. */
  private static final String TAKEN = "roundel";

  /** With _WIDTH behind them these are names of the standard library. */
  private static final Pattern STANDARD =
      Pattern.compile(
          "[su]?char|u?shrt|u?int|u?l?long|bool|size|ptrdiff|wchar|wint|sig_atomic"
              + "|u?int(_least|_fast)?\\d+|u?int(ptr|max)");

  /**
   * Returns the prefix of a file.
   *
   * @throws InvalidInputException if the file cannot lie beside {@code roundel.h}
   */
  static Prefix of(String file) {
    int end = file.lastIndexOf('.');
    String stem = end > 0 ? file.substring(0, end) : file;
    String name = stem.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_|_$", "");
    if (name.isEmpty()
        || Character.isDigit(name.charAt(0))
        || STANDARD.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
      name = name.isEmpty() ? "net" : "net_" + name;
    }
    if (name.equalsIgnoreCase(TAKEN)) {
      throw new InvalidInputException(
          MessageText.quoted(file)
              + " is the name of the file that runs nets, which lies beside the net; name the net"
              + " otherwise");
    }
    return new Prefix(name);
  }

  /** Returns that of constants. */
  String upper() {
    return lower.toUpperCase(Locale.ROOT);
  }
}
