package org.roundel.reproduce.convex;

import static org.roundel.reproduce.convex.Claims.SIGNIFICANT;
import static org.roundel.reproduce.experiment.Numbers.threeDigits;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.roundel.report.Claim;
import org.roundel.report.Verdict;
import org.roundel.reproduce.convex.SweepPoint.Rule;
import org.roundel.reproduce.theory.convex.DescentMethod;

/** Whether what was proved or derived, from above and from below, holds in every point. */
final class BoundClaims {
  private final Outcome outcome;

  BoundClaims(Outcome outcome) {
    this.outcome = outcome;
  }

  List<Claim> all() {
    return List.of(boundsHold(), lemmaHolds(), lowerBoundHolds());
  }

  private Claim boundsHold() {
    int checked = 0;
    int above = 0;
    double closest = 0;
    String closestPoint = "";
    for (Map.Entry<SweepPoint, Result> each : outcome.results().entrySet()) {
      SweepPoint point = each.getKey();
      if (point.rule() == Rule.STRONGLY_CONVEX
          && point.method() == DescentMethod.BINARY_CONNECT_NEAREST) {
        continue;
      }
      Bound bound = outcome.bound(point);
      Series average = each.getValue().average();
      for (int i = 0; i < each.getValue().steps().length; i++) {
        double ratio =
            (average.mean()[i] - SIGNIFICANT * average.standardError()[i])
                / bound.at(each.getValue().steps()[i]);
        checked++;
        above += ratio > 1 ? 1 : 0;
        if (ratio > closest) {
          closest = ratio;
          closestPoint = point.name() + " at step " + (long) each.getValue().steps()[i];
        }
      }
    }
    return new Claim(
        Verdict.of(above == 0),
        "The bounds of Theorems 1 to 4 and of Corollary 1 hold, with G and D as measured.",
        String.format(
            Locale.ROOT,
            "%d of %d means over seeds lie above their bound by more than 2 standard errors."
                + " Closest: %s, at %s of the bound. Theorem 4 and Corollary 1 are checked with Q_s"
                + " only",
            above,
            checked,
            closestPoint,
            threeDigits(closest)),
        "the bounds of Theorems 1-4 and Corollary 1 hold");
  }

  private Claim lemmaHolds() {
    double largest = 0;
    for (Result result : outcome.results().values()) {
      largest = Math.max(largest, result.roundingRatio());
    }
    return new Claim(
        Verdict.of(largest <= 1),
        "Lemma 1 holds: E‖r‖² ≤ √d·Δ·α·G.",
        String.format(
            Locale.ROOT,
            "The sum of ‖r‖² over that of √d·Δ·α·‖∇f̃‖ is at most %s in any run of SR",
            threeDigits(largest)),
        "Lemma 1: rounding errors are below sqrt(d)*delta*alpha*G");
  }

  private Claim lowerBoundHolds() {
    double least = Double.POSITIVE_INFINITY;
    double smallest = Double.POSITIVE_INFINITY;
    double greatest = 0;
    boolean holds = true;
    for (SweepPoint point : outcome.floors()) {
      Series average = outcome.result(point).average();
      double upper = average.last() + SIGNIFICANT * average.lastError();
      holds &= upper >= outcome.lowerBound(point);
      least = Math.min(least, average.last() / outcome.lowerBound(point));
      smallest = Math.min(smallest, average.last() / outcome.asymptote(point));
      greatest = Math.max(greatest, average.last() / outcome.asymptote(point));
    }
    return new Claim(
        Verdict.of(holds),
        "On quadratics SR's floor is no artefact of the proof: the error stays above the larger of"
            + " √(2/π)·√d·Δ·σ/8 and Δ²Σq(1−q)/4 (derived, not in the paper).",
        String.format(
            Locale.ROOT,
            "Measured over lower bound, smallest over the sweep: %s. Measured over the derived"
                + " floor Δ·E‖∇f̃‖₁/8: from %s to %s",
            threeDigits(least),
            threeDigits(smallest),
            threeDigits(greatest)),
        "quadratics: SR's error stays above the derived lower bound");
  }
}
