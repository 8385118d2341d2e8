package org.roundel.c;

import java.util.Locale;
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

  /**
   * Returns the prefix of a file.
   *
   * @throws InvalidInputException if the file cannot lie beside {@code roundel.h}
   */
  static Prefix of(String file) {
    int end = file.lastIndexOf('.');
    String stem = end > 0 ? file.substring(0, end) : file;
    String name = stem.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_|_$", "");
    if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
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
