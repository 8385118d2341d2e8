package org.roundel.reproduce.convex;

import static org.roundel.reproduce.experiment.Numbers.threeDigits;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.roundel.report.Claim;
import org.roundel.report.Verdict;
import org.roundel.reproduce.convex.SweepPoint.Problem;
import org.roundel.reproduce.convex.SweepPoint.Rule;
import org.roundel.reproduce.theory.convex.DescentMethod;

/** What the claims of the theory come to in the numbers of a sweep. */
final class Claims {
  /** Of this share of itself over a tenfold of steps, an error is on a floor … */
  private static final double ON_FLOOR = 0.5;

  /** … and below this one it falls: 1/T is 0.1. */
  private static final double FALLING = 0.2;

  /** How many standard errors decide. */
  static final double SIGNIFICANT = 2;

  private final Outcome outcome;

  Claims(Outcome outcome) {
    this.outcome = outcome;
  }

  List<Claim> all() {
    List<Claim> claims = new ArrayList<>();
    claims.add(
        grows(
            Problem.QUADRATIC,
            "quadratics: SR stops at a floor that grows with delta",
            "On quadratics SR's average stops at a floor that grows with Δ (Theorem 1)."));
    claims.add(noFloor());
    claims.add(nearestHasFloor());
    claims.add(counterexample());
    claims.addAll(new BoundClaims(outcome).all());
    claims.addAll(new Scaling(outcome).claims());
    claims.add(shippedHasFloor());
    claims.add(
        grows(
            Problem.LOGISTIC,
            "images: SR stops at a floor that grows with delta",
            "On the logistic regression SR's average stops at a floor that grows with Δ."));
    claims.add(connectBelowRounding());
    claims.add(averageUnderConvexSteps());
    return claims;
  }

  /** What speaks for and against a claim at each Δ. */
  private static final class Evidence {
    private final List<String> parts = new ArrayList<>();
    private boolean holds = true;
    private boolean fails;

    void judge(boolean bearsOut, boolean contradicts) {
      holds &= bearsOut;
      fails |= contradicts;
    }

    void add(double delta, String format, Object... numbers) {
      String text = String.format(Locale.ROOT, format, numbers);
      parts.add(String.format(Locale.ROOT, "Δ = %s: %s", delta, text));
    }

    Claim claim(String brief, String text, String numbers) {
      return new Claim(
          Verdict.of(holds, fails), text, numbers + ": " + String.join("; ", parts), brief);
    }
  }

  private Claim grows(Problem problem, String brief, String text) {
    Evidence evidence = new Evidence();
    Result coarser = null;
    for (double delta : outcome.settings().deltas()) {
      Result result =
          result(problem, Rule.STRONGLY_CONVEX, DescentMethod.STOCHASTIC_ROUNDING, delta);
      evidence.add(
          delta,
          "%s ± %s (×%s)",
          threeDigits(result.average().last()),
          threeDigits(result.average().lastError()),
          threeDigits(result.lastDecade()));
      evidence.judge(result.lastDecade() > ON_FLOOR, result.lastDecade() < FALLING);
      if (coarser != null) {
        double difference = coarser.average().last() - result.average().last();
        double error = Math.hypot(coarser.average().lastError(), result.average().lastError());
        evidence.judge(difference > SIGNIFICANT * error, difference < -SIGNIFICANT * error);
      }
      coarser = result;
    }
    evidence.judge(outcome.settings().deltas().size() > 1, false);
    return evidence.claim(
        brief,
        text,
        "Mean error ± its standard error at the end, and in brackets the factor by which the last"
            + " tenfold of steps changed it");
  }

  private Claim noFloor() {
    Evidence evidence = new Evidence();
    for (double delta : outcome.settings().deltas()) {
      Result result =
          result(
              Problem.QUADRATIC,
              Rule.STRONGLY_CONVEX,
              DescentMethod.BINARY_CONNECT_STOCHASTIC,
              delta);
      evidence.judge(result.lastDecade() < FALLING, result.lastDecade() > ON_FLOOR);
      evidence.add(
          delta,
          "%s (×%s)",
          threeDigits(result.average().last()),
          threeDigits(result.lastDecade()));
    }
    return evidence.claim(
        "quadratics: BC with Q_s has no floor",
        "On quadratics BC with Q_s has no floor: its error falls like 1/T (Corollary 1).",
        "Error at the end, and the factor by which the last tenfold of steps changed it");
  }

  private Claim nearestHasFloor() {
    Evidence evidence = new Evidence();
    boolean beyond = false;
    for (double delta : outcome.settings().deltas()) {
      SweepPoint point =
          outcome.base(
              Problem.QUADRATIC, Rule.STRONGLY_CONVEX, DescentMethod.BINARY_CONNECT_NEAREST, delta);
      Series average = outcome.result(point).average();
      double bound = outcome.bound(point).at((double) point.steps());
      beyond |= average.last() - SIGNIFICANT * average.lastError() > bound;
      evidence.add(delta, "%s against %s", threeDigits(average.last()), threeDigits(bound));
    }
    evidence.judge(beyond, false);
    return evidence.claim(
        "quadratics: BC with Q_d breaks Corollary 1, which needs Q_s",
        "Corollary 1 is false for BC with Q_d: its error stays above the bound.",
        "Error at the end against Corollary 1's bound");
  }

  private Claim counterexample() {
    double stochastic = lastWeight(DescentMethod.BINARY_CONNECT_STOCHASTIC);
    double nearest = lastWeight(DescentMethod.BINARY_CONNECT_NEAREST);
    return new Claim(
        Verdict.of(Math.abs(stochastic - 0.2) < 0.005 && Math.abs(nearest - 0.5) < 0.005),
        "On (w − 0.2)²/2 with Δ = 1, BC ends at the minimum with Q_s and at the middle of the cell"
            + " with Q_d.",
        String.format(
            Locale.ROOT,
            "w_r after 400,000 steps, mean over seeds: %s with Q_s, %s with Q_d; derived: 0.2 and"
                + " 0.5; simulated elsewhere with one seed: 0.202 and 0.500",
            threeDigits(stochastic),
            threeDigits(nearest)),
        "(w - 0.2)^2/2, delta 1: BC ends at 0.2 with Q_s, at 0.5 with Q_d");
  }

  private double lastWeight(DescentMethod method) {
    return outcome.result(Outcome.counterexample(method)).lastWeight();
  }

  private Claim shippedHasFloor() {
    Evidence evidence = new Evidence();
    for (double delta : outcome.settings().deltas()) {
      Result result =
          result(
              Problem.QUADRATIC,
              Rule.STRONGLY_CONVEX,
              DescentMethod.BINARY_CONNECT_STOCHASTIC,
              delta);
      double latent = result.iterate().last();
      double shipped = result.quantized().last();
      evidence.judge(shipped > 10 * latent, shipped < 2 * latent);
      evidence.add(
          delta,
          "%s, %s, %s",
          threeDigits(latent),
          threeDigits(shipped),
          threeDigits(result.averageRounded().last()));
    }
    return evidence.claim(
        "BC: what ships, F(Q(w_r)), has a floor where F(w_r) has none",
        "What BC ships has a floor that its buffer has not: F(Q(w_r)) − F* is over ten times F(w_r)"
            + " − F*. Corollary 1 is about the buffer.",
        "F(w_r) − F*, F(Q_s(w_r)) − F* and, with the average on its nearest grid point,"
            + " F(Q_d(w̄_r)) − F*");
  }

  private Claim connectBelowRounding() {
    Evidence evidence = new Evidence();
    for (double delta : outcome.settings().deltas()) {
      Series connect =
          result(
                  Problem.LOGISTIC,
                  Rule.STRONGLY_CONVEX,
                  DescentMethod.BINARY_CONNECT_STOCHASTIC,
                  delta)
              .average();
      Series rounding =
          result(Problem.LOGISTIC, Rule.STRONGLY_CONVEX, DescentMethod.STOCHASTIC_ROUNDING, delta)
              .average();
      double difference = rounding.last() - connect.last();
      double error = SIGNIFICANT * Math.hypot(rounding.lastError(), connect.lastError());
      evidence.judge(difference > error, difference < -error);
      evidence.add(
          delta, "%s against %s", threeDigits(connect.last()), threeDigits(rounding.last()));
    }
    return evidence.claim(
        "images: BC with Q_s ends below SR at every delta",
        "On the logistic regression BC with Q_s ends below SR at every Δ (Theorem 4 against 1).",
        "BC with Q_s against SR, error at the end");
  }

  /**
   * While updates are shorter than a spacing, SR's moves balance out where the mean gradient is 0:
   * on a quadratic the weight's mean is the minimum, and an average over ever more moves goes
   * there.
   */
  private Claim averageUnderConvexSteps() {
    Evidence evidence = new Evidence();
    for (double delta : outcome.settings().deltas()) {
      Result result =
          result(Problem.QUADRATIC, Rule.CONVEX, DescentMethod.STOCHASTIC_ROUNDING, delta);
      evidence.judge(result.lastDecade() <= ON_FLOOR, result.lastDecade() > ON_FLOOR);
      evidence.add(
          delta,
          "average %s (×%s), last iterate %s",
          threeDigits(result.average().last()),
          threeDigits(result.lastDecade()),
          threeDigits(result.iterate().last()));
    }
    return evidence.claim(
        "quadratics, steps c/sqrt(t): SR's average has no floor, its iterate has",
        "Under α = c/√t SR's average has no floor on quadratics: it goes on falling, as Yang et al."
            + " 2019 (SWALP) show for averages of low-precision weights. Theorem 2's bound leaves"
            + " room for a floor that is not there.",
        "On a quadratic SR's mean is the minimum, so what is left falls as the average runs over"
            + " more moves: √T of them under c/√t, against log T under 1/t. A single iterate stays"
            + " where it is. Error at the end, and the factor by which the last tenfold of steps"
            + " changed it (1/√T would be 0.32)");
  }

  private Result result(Problem problem, Rule rule, DescentMethod method, double delta) {
    return outcome.result(outcome.base(problem, rule, method, delta));
  }
}
