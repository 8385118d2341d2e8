package org.roundel.reproduce.theory.momentum;

/**
 * Where stochastic rounding with momentum stays in the long run, in closed form.
 *
 * <p>While an update is no longer than a spacing, α|v| ≤ Δ, balance of E(w − w*)² alone gives E(w −
 * w*)v = (Δ/2)E|v|, whatever made v and whatever α is; with the balance of E(w − w*)v and Ev² it
 * becomes
 *
 * <pre>
 *   E(w − w*)² = ΔE|v|/(2c) + αβEv²/(c(1 − β))                                  exactly
 *   Ev²·(1 + β + αβc) = (1 + β)cΔE|v|/2 + (1 − β)σ²                             exactly
 * </pre>
 *
 * <p>The first term is the floor of a gradient with the velocity's little noise; it does not know
 * the rate. The second is what momentum costs: it goes on in the old direction after a move.
 *
 * @param velocitySquare Ev²
 * @param meanUpdate E|v|, the mean size of an update per unit of rate
 * @param meanSquare E(w − w*)²
 */
public record MomentumFloor(double velocitySquare, double meanUpdate, double meanSquare) {
  /** E|N(0, 1)|. */
  private static final double MEAN_SIZE = Math.sqrt(2 / Math.PI);

  /**
   * Returns the floor under the one assumption that the velocity is normal, E|v| = √(2/π)·√Ev²:
   * near where the noise is large against cΔ, else too low by up to a third, because the weight is
   * on a grid.
   */
  public static MomentumFloor ofNormalVelocity(MomentumSettings settings) {
    NoisyQuadratic problem = settings.problem();
    double c = problem.curvature();
    double beta = settings.momentum();
    // a·s² − 2b·s − d = 0 for s = √Ev².
    double a = 1 + beta + settings.rate() * beta * c;
    double b = (1 + beta) * c * problem.spacing() * MEAN_SIZE / 4;
    double d = (1 - beta) * problem.noise() * problem.noise();
    double s = (b + Math.sqrt(b * b + a * d)) / a;
    double size = MEAN_SIZE * s;
    return new MomentumFloor(s * s, size, meanSquare(settings, size, s * s));
  }

  /**
   * Returns E(w − w*)² from the other two: exact where no update is longer than a spacing.
   *
   * @param meanUpdate E|v|
   * @param velocitySquare Ev²
   */
  public static double meanSquare(
      MomentumSettings settings, double meanUpdate, double velocitySquare) {
    NoisyQuadratic problem = settings.problem();
    return problem.spacing() * meanUpdate / (2 * problem.curvature())
        + settings.rate()
            * settings.momentum()
            * velocitySquare
            / (problem.curvature() * (1 - settings.momentum()));
  }

  /**
   * Returns by how much momentum raises the floor over ΔE|v|/(2c), as a share of it: 2αβEv²/((1 −
   * β)ΔE|v|). For a normal velocity it is πβ times the number of moves within the time that the
   * velocity remembers, 1/(1 − β). Momentum is free while this is far below 1.
   */
  public static double overshoot(
      MomentumSettings settings, double meanUpdate, double velocitySquare) {
    return 2
        * settings.rate()
        * settings.momentum()
        * velocitySquare
        / ((1 - settings.momentum()) * settings.problem().spacing() * meanUpdate);
  }
}
