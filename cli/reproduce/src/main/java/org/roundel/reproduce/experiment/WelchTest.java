package org.roundel.reproduce.experiment;

import java.util.Locale;
import org.roundel.report.Claim;
import org.roundel.report.Verdict;

/**
 * Judges whether one figure is below another, by {@link Sample#chanceOfLess}: the claim holds if a
 * difference like this has a chance of at most 5 % were there none, and fails if the opposite is as
 * clear.
 */
public final class WelchTest {
  private static final double LEVEL = 0.05;

  private WelchTest() {}

  /** Returns the claim that of two figures in percent the first is below the second. */
  public static Claim below(String claim, Sample lower, Sample higher) {
    return below(claim, lower, higher, "points");
  }

  /**
   * Returns the claim that the first of two figures is below the second.
   *
   * @param unit of a difference, in the plural
   */
  public static Claim below(String claim, Sample lower, Sample higher, String unit) {
    if (lower.size() == 0 || higher.size() == 0) {
      return new Claim(Verdict.UNCLEAR, claim, "not trained yet");
    }
    double difference = higher.mean() - lower.mean();
    if (lower.size() < 2 || higher.size() < 2) {
      String evidence =
          String.format(Locale.ROOT, "%+.2f %s, one seed: says nothing", difference, unit);
      return new Claim(Verdict.UNCLEAR, claim, evidence);
    }
    double chance = lower.chanceOfLess(higher);
    double opposite = higher.chanceOfLess(lower);
    String evidence =
        String.format(
            Locale.ROOT,
            "%+.2f ± %.2f %s (difference ± standard error), p = %s",
            difference,
            lower.differenceError(higher),
            unit,
            probability(Math.min(chance, opposite)));
    return new Claim(Verdict.of(chance <= LEVEL, opposite <= LEVEL), claim, evidence);
  }

  private static String probability(double p) {
    return p < 0.0001 ? "below 0.0001" : String.format(Locale.ROOT, "%.4f", p);
  }
}
