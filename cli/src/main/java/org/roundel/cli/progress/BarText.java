package org.roundel.cli.progress;

import java.util.Locale;
import org.roundel.core.metrics.Pace;
import org.roundel.report.terminal.Texts;

/**
 * Draws the progress of an epoch in one line: the bar gets the room that the numbers leave it, and
 * where they leave none, the numbers get shorter, then fewer.
 */
final class BarText {
  private static final int SHORTEST_BAR = 5;
  private static final int LONGEST_BAR = 40;

  private BarText() {}

  /** How much is said beside the bar, the most first. */
  private enum Detail {
    ALL,
    SHORT,
    FEW
  }

  /**
   * Returns the line of a state, in these columns at most.
   *
   * @param doing what is done instead of an update, as in {@code evaluating}; empty for nothing
   */
  static String of(Pace.Snapshot latest, String doing, int columns) {
    for (Detail detail : Detail.values()) {
      String left = left(latest, detail) + " ";
      String right = " " + right(latest, doing, detail);
      int room = columns - left.length() - right.length() - 2;
      if (room >= SHORTEST_BAR) {
        return left + bar(latest, Math.min(room, LONGEST_BAR)) + right;
      }
    }
    return cut(left(latest, Detail.FEW) + "  " + right(latest, doing, Detail.FEW), columns);
  }

  /** Returns the line without the bar, for a file, in about 80 columns. */
  static String plain(Pace.Snapshot latest) {
    return left(latest, Detail.SHORT) + "  " + right(latest, "", Detail.SHORT);
  }

  private static String bar(Pace.Snapshot latest, int length) {
    int full = (int) ((long) latest.step() * length / latest.steps());
    return "[" + "=".repeat(full) + " ".repeat(length - full) + "]";
  }

  private static String left(Pace.Snapshot latest, Detail detail) {
    String steps = "" + latest.steps();
    String step = "" + latest.step();
    // As wide for the first update as for the last: the bar stays where it is.
    return "epoch "
        + latest.epoch()
        + "/"
        + latest.epochs()
        + (detail == Detail.ALL ? "  update " : " ")
        + " ".repeat(steps.length() - step.length())
        + step
        + "/"
        + steps;
  }

  private static String right(Pace.Snapshot latest, String doing, Detail detail) {
    String numbers =
        switch (detail) {
          case ALL ->
              String.format(
                  Locale.ROOT,
                  "%s images/s  loss %s  error %s",
                  Texts.speed(latest.imagesPerSecond()),
                  Texts.loss(latest.loss()),
                  Texts.percent(latest.error()));
          case SHORT -> Texts.speed(latest.imagesPerSecond()) + " img/s  " + rounded(latest);
          case FEW -> rounded(latest);
        };
    if (!doing.isEmpty()) {
      return numbers + "  " + doing;
    }
    String left = Texts.timeLeft(latest.epochSecondsLeft());
    if (detail != Detail.FEW && latest.epoch() < latest.epochs()) {
      left += ", run " + Texts.timeLeft(latest.runSecondsLeft());
    }
    return numbers + (detail == Detail.ALL ? "  ETA " : "  ") + left;
  }

  private static String rounded(Pace.Snapshot latest) {
    return String.format(
        Locale.ROOT,
        latest.loss() < 10_000 ? "loss %.3f  err %.1f %%" : "loss %.1e  err %.1f %%",
        latest.loss(),
        100 * latest.error());
  }

  /** Leaves out what does not fit as a whole: half a number is another number. */
  private static String cut(String text, int columns) {
    if (text.length() <= columns) {
      return text;
    }
    int end = text.lastIndexOf("  ", columns);
    return text.substring(0, end < 0 ? Math.max(0, columns) : end);
  }
}
