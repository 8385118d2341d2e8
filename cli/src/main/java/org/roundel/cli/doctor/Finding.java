package org.roundel.cli.doctor;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about one thing.
 *
 * @param name the thing, as in {@code Java}
 * @param text what it is
 * @param problem what is in the way and what to do, in sentences; null if nothing is
 */
public record Finding(String name, String text, @Nullable String problem) {
  static Finding of(String name, String text) {
    return new Finding(name, text, null);
  }

  /** Makes a sentence of a message. */
  static String sentence(String message) {
    return message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1) + ".";
  }
}
