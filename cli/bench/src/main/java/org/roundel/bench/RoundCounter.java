package org.roundel.bench;

import java.util.Locale;

/** Shows on a terminal which round of a race is run, and says nothing where there is none. */
final class RoundCounter {
  // From Java 22 on there is always a console: then the rounds go into a file too.
  @SuppressWarnings("SystemConsoleNull")
  private static final boolean TERMINAL = System.console() != null;

  private RoundCounter() {}

  /**
   * Shows a round in place of the one before.
   *
   * @param round counted from 1, rounds to warm up included
   */
  static void show(int round, int rounds) {
    print("round %d of %d", round, rounds);
  }

  /** Takes the line away. */
  static void clear() {
    print("");
  }

  private static void print(String format, Object... arguments) {
    if (TERMINAL) {
      System.err.print("\r\033[K" + String.format(Locale.ROOT, format, arguments));
      System.err.flush();
    }
  }
}
