package org.roundel.reproduce.theory.momentum;

/**
 * Stochastic rounding with momentum: v ← βv + (1−β)g, w ← Q_s(w − αv).
 *
 * @param rate α, the effective rate: above 0, with αc at most 1
 * @param momentum β, in [0, 0.9999]
 */
public record MomentumSettings(NoisyQuadratic problem, double rate, double momentum) {
  /** The most momentum: beyond it the exact law takes too many velocities. */
  public static final double MOST_MOMENTUM = 0.9999;

  /**
   * Checks the numbers.
   *
   * @throws org.roundel.api.InvalidInputException if one is out of its range
   */
  public MomentumSettings {
    NoisyQuadratic.require(
        "the rate",
        rate,
        rate >= 1e-9 && rate * problem.curvature() <= 1,
        "1e-9 to 1 divided by the curvature, here " + 1 / problem.curvature());
    NoisyQuadratic.require(
        "the momentum", momentum, momentum >= 0 && momentum <= MOST_MOMENTUM, "0 to 0.9999");
  }

  /**
   * Returns how many times as large a batch would leave as little noise in the gradient as momentum
   * leaves in the velocity: (1 + β)/(1 − β).
   */
  public double batchFactor() {
    return (1 + momentum) / (1 - momentum);
  }

  /** Returns the standard deviation of the velocity's noise, σ√((1 − β)/(1 + β)). */
  public double velocityNoise() {
    return problem.noise() / Math.sqrt(batchFactor());
  }
}
