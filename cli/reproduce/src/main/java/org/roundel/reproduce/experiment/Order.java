package org.roundel.reproduce.experiment;

import java.util.Locale;
import org.roundel.report.Verdict;

/**
 * Whether one figure is less than another, judged by {@link Sample#chanceOfLess}.
 *
 * @param verdict HOLDS if a difference like this has a chance of at most 5 % were there none, FAILS
 *     if the opposite is as clear, else UNCLEAR
 * @param words the difference, its standard error and that chance
 */
public record Order(Verdict verdict, String words) {
  private static final double LEVEL = 0.05;

  /** Compares figures in percent: is {@code lower} less than {@code higher}? */
  public static Order of(Sample lower, Sample higher) {
    if (lower.size() == 0 || higher.size() == 0) {
      return new Order(Verdict.UNCLEAR, "not trained yet");
    }
    double difference = higher.mean() - lower.mean();
    if (lower.size() < 2 || higher.size() < 2) {
      return new Order(
          Verdict.UNCLEAR,
          String.format(Locale.ROOT, "%+.2f points, one seed: says nothing", difference));
    }
    double chance = lower.chanceOfLess(higher);
    double opposite = higher.chanceOfLess(lower);
    Verdict verdict = Verdict.UNCLEAR;
    if (chance <= LEVEL) {
      verdict = Verdict.HOLDS;
    } else if (opposite <= LEVEL) {
      verdict = Verdict.FAILS;
    }
    return new Order(
        verdict,
        String.format(
            Locale.ROOT,
            "%+.2f ± %.2f points (difference ± standard error), p = %s",
            difference,
            lower.differenceError(higher),
            probability(Math.min(chance, opposite))));
  }

  private static String probability(double p) {
    return p < 0.0001 ? "below 0.0001" : String.format(Locale.ROOT, "%.4f", p);
  }
}
