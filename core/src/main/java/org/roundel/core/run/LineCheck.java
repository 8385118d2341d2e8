package org.roundel.core.run;

import org.jspecify.annotations.Nullable;

/**
 * The check that every line of a history ends with, so that a line that was altered can be named.
 *
 * <p>It is the field {@code "check"}, the first 16 hexadecimal digits of the SHA-256 of the line as
 * it is without that field. Each line has its own, so lines can be appended, and those behind a
 * checkpoint cut off, without touching the others. Histories that were begun by earlier versions
 * have lines without one.
 */
public final class LineCheck {
  /** The field's name. */
  static final String FIELD = "check";

  private static final String BEGIN = ",\"" + FIELD + "\":\"";
  private static final String END = "\"}";
  private static final int DIGITS = 16;

  /** What a line says of itself. */
  public enum Verdict {
    /** It is as it was written. */
    SOUND,
    /** It has no check: it was written by an earlier version, or its end was altered. */
    UNCHECKED,
    /** It is not as it was written. */
    ALTERED
  }

  private LineCheck() {}

  /**
   * Returns a line with its check.
   *
   * @param json an object with a field at least, on one line
   */
  public static String with(String json) {
    return json.substring(0, json.length() - 1) + BEGIN + digits(json) + END;
  }

  /** Returns whether a line is as it was written. */
  public static Verdict of(String line) {
    String found = found(line);
    if (found == null) {
      return Verdict.UNCHECKED;
    }
    return found.equals(digits(without(line))) ? Verdict.SOUND : Verdict.ALTERED;
  }

  /** Returns the check that a line ends with; null if it ends with none. */
  private static @Nullable String found(String line) {
    int end = line.length() - END.length();
    int begin = end - DIGITS;
    if (begin < BEGIN.length()
        || !line.endsWith(END)
        || !line.startsWith(BEGIN, begin - BEGIN.length())) {
      return null;
    }
    return line.substring(begin, end);
  }

  private static String without(String line) {
    return line.substring(0, line.length() - END.length() - DIGITS - BEGIN.length()) + "}";
  }

  private static String digits(String json) {
    return Sha256.of(json).substring(0, DIGITS);
  }
}
