package org.roundel.reproduce.experiment;

import java.util.Locale;

/** Percentages as tables have them: two decimals, the unit in the heading. */
public final class Percent {
  private Percent() {}

  public static String of(double percent) {
    return Double.isNaN(percent) ? "-" : String.format(Locale.ROOT, "%.2f", percent);
  }

  /** Returns mean ± standard deviation; the mean alone for one value, a dash for none. */
  public static String of(Sample sample) {
    if (sample.size() < 2) {
      return of(sample.mean());
    }
    return of(sample.mean()) + " ± " + of(sample.standardDeviation());
  }
}
