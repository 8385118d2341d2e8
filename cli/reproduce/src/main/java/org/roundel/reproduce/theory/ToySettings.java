package org.roundel.reproduce.theory;

import org.roundel.api.InvalidInputException;

/**
 * What is simulated: one weight, trained with the gradient f′(w) + σN(0, 1).
 *
 * @param objective f
 * @param spacing Δ, the grid's spacing
 * @param rate α; see {@link StepRange} for what is allowed
 * @param noise σ, at least 0 and finite
 * @param start the full-precision weight before the first step, within a million spacings of 0;
 *     stochastic rounding starts at the grid point nearest to it
 * @param iterations how many steps, 1 to {@value #MOST_ITERATIONS}
 */
public record ToySettings(
    PiecewiseQuadratic objective,
    double spacing,
    double rate,
    double noise,
    double start,
    long iterations) {
  /** The most steps of a simulation. */
  public static final long MOST_ITERATIONS = 1_000_000_000;

  private static final double FARTHEST_START = 1e6;

  /**
   * Checks the settings.
   *
   * @throws InvalidInputException if one is out of its range
   */
  public ToySettings {
    WeightGrid.requireSpacing(spacing);
    StepRange.requireStable(objective, spacing, rate);
    StepRange.requireNoise(noise);
    if (!(Math.abs(start / spacing) <= FARTHEST_START)) {
      throw new InvalidInputException(
          "the start is "
              + start
              + "; allowed: at most "
              + FARTHEST_START * spacing
              + " in magnitude, a million times the grid's spacing");
    }
    if (iterations < 1 || iterations > MOST_ITERATIONS) {
      throw new InvalidInputException(
          "the number of iterations is " + iterations + "; allowed: 1 to " + MOST_ITERATIONS);
    }
  }
}
