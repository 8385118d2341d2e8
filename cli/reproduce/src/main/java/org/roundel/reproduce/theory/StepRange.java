package org.roundel.reproduce.theory;

import org.roundel.api.InvalidInputException;
import org.roundel.reproduce.theory.PiecewiseQuadratic.Piece;

/**
 * The rates at which training one weight stays bounded.
 *
 * <p>Far out, a step on a piece a·(w − c)² takes w − c to (1 − 2αa)(w − c), give or take noise and
 * rounding. Let ρ and λ be these factors of the last and the first piece. If one of them is not
 * negative, its side takes the weight back to the middle without leaving that side, and training is
 * stable whatever the other is. If both are negative, the weight jumps from side to side and gains
 * ρλ in two jumps; ρλ &lt; 1 just if α &lt; (1/a₁ + 1/a₂)/2, and above 1/(2a) of both pieces both
 * are negative. So training is stable below that rate, and diverges above.
 *
 * <p>At that rate ρλ = 1, and two jumps move the weight by (c₂ − c₁)(1 + |λ|) towards the middle if
 * the last centre c₂ is right of the first c₁, against at most Δ(1 + |λ|) by which rounding the
 * weight to the nearest grid point can falsify the two gradients. So that rate is allowed if c₂ −
 * c₁ &gt; Δ: the paper's α = 1, where the weight swings between both sides and drifts inwards.
 * Else, as in a single parabola, the weight would walk off like a random walk.
 */
public final class StepRange {
  private StepRange() {}

  /**
   * Returns the rate (1/a₁ + 1/a₂)/2 above which training diverges.
   *
   * @param objective its outer pieces' curvatures a₁ and a₂ count
   */
  public static double greatestRate(PiecewiseQuadratic objective) {
    return (1 / first(objective).curvature() + 1 / last(objective).curvature()) / 2;
  }

  /** Returns whether {@link #greatestRate} itself is stable. */
  public static boolean includesGreatest(PiecewiseQuadratic objective, double spacing) {
    return last(objective).centre() - first(objective).centre() > spacing;
  }

  /**
   * Refuses a rate at which training diverges.
   *
   * @throws InvalidInputException with the allowed range
   */
  public static void requireStable(PiecewiseQuadratic objective, double spacing, double rate) {
    requirePositive("the rate", rate);
    double greatest = greatestRate(objective);
    boolean included = includesGreatest(objective, spacing);
    if (rate > greatest || (rate == greatest && !included)) {
      throw new InvalidInputException(
          "the rate "
              + rate
              + " makes training this objective diverge: the weight would jump from side to side,"
              + " ever further out; allowed: above 0, "
              + (included ? "at most " : "below ")
              + greatest);
    }
  }

  static void requirePositive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(name + " is " + value + "; allowed: a finite number above 0");
    }
  }

  static void requireNoise(double noise) {
    if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          "the gradient's noise is " + noise + "; allowed: a finite number of at least 0");
    }
  }

  private static Piece first(PiecewiseQuadratic objective) {
    return objective.pieces().get(0);
  }

  private static Piece last(PiecewiseQuadratic objective) {
    return objective.pieces().get(objective.pieces().size() - 1);
  }
}
