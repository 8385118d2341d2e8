package org.roundel.reproduce.convex;

import java.util.Locale;
import org.roundel.report.Verdict;

/**
 * Whether something that is claimed shows in the numbers.
 *
 * @param brief the claim in a few words, for the terminal
 * @param claim the claim
 * @param evidence the numbers
 */
record Finding(Verdict verdict, String brief, String claim, String evidence) {
  /** Returns a line for the terminal. */
  String line() {
    return String.format(Locale.ROOT, "%-8s %s", verdict.word(), brief);
  }
}
