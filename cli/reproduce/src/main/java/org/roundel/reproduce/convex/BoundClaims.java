package org.roundel.reproduce.convex;

import static org.roundel.reproduce.convex.Claims.SIGNIFICANT;
import static org.roundel.reproduce.convex.Claims.verdict;
import static org.roundel.reproduce.convex.Tables.number;

import java.util.List;
import java.util.Map;
import org.roundel.reproduce.convex.SweepPoint.Rule;
import org.roundel.reproduce.theory.convex.DescentMethod;

/** Whether what was proved or derived, from above and from below, holds in every cell. */
final class BoundClaims {
  private final Outcome outcome;

  BoundClaims(Outcome outcome) {
    this.outcome = outcome;
  }

  List<Finding> all() {
    return List.of(boundsHold(), lemmaHolds(), lowerBoundHolds());
  }

  private Finding boundsHold() {
    int checked = 0;
    int above = 0;
    double closest = 0;
    String closestCell = "";
    for (Map.Entry<SweepPoint, Result> each : outcome.results().entrySet()) {
      SweepPoint cell = each.getKey();
      if (cell.rule() == Rule.STRONGLY_CONVEX
          && cell.method() == DescentMethod.BINARY_CONNECT_NEAREST) {
        continue;
      }
      Bound bound = outcome.bound(cell);
      Series average = each.getValue().average();
      for (int i = 0; i < each.getValue().steps().length; i++) {
        double ratio =
            (average.mean()[i] - SIGNIFICANT * average.standardError()[i])
                / bound.at(each.getValue().steps()[i]);
        checked++;
        above += ratio > 1 ? 1 : 0;
        if (ratio > closest) {
          closest = ratio;
          closestCell = cell.name() + " at step " + (long) each.getValue().steps()[i];
        }
      }
    }
    return new Finding(
        verdict(above == 0, above > 0),
        "the bounds of Theorems 1-4 and Corollary 1 hold",
        "The bounds of Theorems 1 to 4 and of Corollary 1 hold, with G and D as measured.",
        above
            + " of "
            + checked
            + " means over seeds lie above their bound by more than 2 standard errors. Closest: "
            + closestCell
            + ", at "
            + number(closest)
            + " of the bound. Theorem 4 and Corollary 1 are checked with Q_s only");
  }

  private Finding lemmaHolds() {
    double largest = 0;
    for (Result result : outcome.results().values()) {
      largest = Math.max(largest, result.roundingRatio());
    }
    return new Finding(
        verdict(largest <= 1, largest > 1),
        "Lemma 1: rounding errors are below sqrt(d)*delta*alpha*G",
        "Lemma 1 holds: E‖r‖² ≤ √d·Δ·α·G.",
        "The sum of ‖r‖² over that of √d·Δ·α·‖∇f̃‖ is at most "
            + number(largest)
            + " in any run of SR");
  }

  private Finding lowerBoundHolds() {
    double least = Double.POSITIVE_INFINITY;
    double smallest = Double.POSITIVE_INFINITY;
    double greatest = 0;
    boolean holds = true;
    for (SweepPoint cell : outcome.floors()) {
      Series average = outcome.result(cell).average();
      double upper = average.last() + SIGNIFICANT * average.lastError();
      holds &= upper >= outcome.lowerBound(cell);
      least = Math.min(least, average.last() / outcome.lowerBound(cell));
      smallest = Math.min(smallest, average.last() / outcome.asymptote(cell));
      greatest = Math.max(greatest, average.last() / outcome.asymptote(cell));
    }
    return new Finding(
        verdict(holds, !holds),
        "quadratics: SR's error stays above the derived lower bound",
        "On quadratics SR's floor is no artefact of the proof: the error stays above the larger of"
            + " √(2/π)·√d·Δ·σ/8 and Δ²Σq(1−q)/4 (derived, not in the paper).",
        "Measured over lower bound, smallest over the sweep: "
            + number(least)
            + ". Measured over the derived floor Δ·E‖∇f̃‖₁/8: from "
            + number(smallest)
            + " to "
            + number(greatest));
  }
}
