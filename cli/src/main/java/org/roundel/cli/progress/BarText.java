package org.roundel.cli.progress;

import java.util.Locale;
import org.roundel.core.metrics.Pace;
import org.roundel.report.terminal.Texts;

/** Draws the progress bar: the bar gets the room that the numbers leave it. */
final class BarText {
  private static final int SHORTEST_BAR = 5;
  private static final int LONGEST_BAR = 40;

  private BarText() {}

  /** Returns the bar of a state, in these columns at most. */
  static String of(Pace.Snapshot latest, boolean evaluating, int columns) {
    double share = (double) latest.step() / latest.steps();
    String left = "epoch " + latest.epoch() + "/" + latest.epochs() + " ";
    String right =
        String.format(
            Locale.ROOT,
            " %3d%%  %s images/s  loss %s",
            (int) (share * 100),
            Texts.speed(latest.imagesPerSecond()),
            Texts.loss(latest.loss()));
    if (evaluating) {
      right += "  evaluating";
    } else {
      right += "  ETA " + Texts.duration(latest.epochSecondsLeft());
      if (latest.epoch() < latest.epochs()) {
        right += ", run " + Texts.duration(latest.runSecondsLeft());
      }
    }
    int room = columns - left.length() - right.length() - 2;
    if (room < SHORTEST_BAR) {
      return cut(left + right.strip(), columns);
    }
    int length = Math.min(room, LONGEST_BAR);
    int full = (int) (share * length);
    return left + "[" + "=".repeat(full) + " ".repeat(length - full) + "]" + right;
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
