package org.roundel.reproduce.theory.momentum;

import java.util.List;
import org.roundel.api.InvalidInputException;
import org.roundel.reproduce.theory.PiecewiseQuadratic;

/**
 * What is minimised: F(w) = (c/2)(w − w*)² over the multiples of a spacing, by gradients c(w − w*)
 * + σN(0, 1).
 *
 * @param curvature c, in [1e-3, 1e3]
 * @param minimum w*, within 1000 spacings of 0
 * @param spacing Δ, in [1e-3, 1e3]
 * @param noise σ, the standard deviation of the gradient's noise, in [0, 1e6]
 */
public record NoisyQuadratic(double curvature, double minimum, double spacing, double noise) {
  private static final double FARTHEST = 1000;
  private static final double MOST_NOISE = 1e6;

  /**
   * Checks the numbers.
   *
   * @throws InvalidInputException if one is out of its range
   */
  public NoisyQuadratic {
    require("the curvature", curvature, curvature >= 1e-3 && curvature <= 1e3, "0.001 to 1000");
    require("the spacing", spacing, spacing >= 1e-3 && spacing <= 1e3, "0.001 to 1000");
    require(
        "the minimum",
        minimum,
        Math.abs(minimum) <= FARTHEST * spacing,
        "within a thousand spacings of 0");
    require("the gradient's noise", noise, noise >= 0 && noise <= MOST_NOISE, "0 to 1000000");
  }

  static void require(String name, double value, boolean holds, String allowed) {
    if (!holds) {
      throw new InvalidInputException(name + " is " + value + "; allowed: " + allowed);
    }
  }

  /** Returns this with the noise of a batch: the mean of {@code batch} gradients. */
  public NoisyQuadratic ofBatch(double batch) {
    return withNoise(noise / Math.sqrt(batch));
  }

  /** Returns this with other noise. */
  public NoisyQuadratic withNoise(double other) {
    return new NoisyQuadratic(curvature, minimum, spacing, other);
  }

  /** Returns the gradient's mean at a weight. */
  public double gradient(double weight) {
    return curvature * (weight - minimum);
  }

  /** Returns F as the chains without momentum take it. */
  public PiecewiseQuadratic objective() {
    return PiecewiseQuadratic.of(List.of(new PiecewiseQuadratic.Piece(curvature / 2, minimum, 0)));
  }
}
