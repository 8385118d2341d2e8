package org.roundel.reproduce.theory.momentum;

import java.util.Arrays;
import org.roundel.api.InvalidInputException;
import org.roundel.reproduce.theory.WeightGrid;

/**
 * Stochastic rounding's stationary law in the limit of small rates, for updates that are
 * independent of each other given the weight.
 *
 * <p>An update αu moves the weight down a cell with probability αE(u)⁺/Δ and up with αE(u)⁻/Δ. The
 * rate only says how seldom; in the long run as many moves go up across each gap as down, so
 *
 * <pre>
 *   π(w + Δ)/π(w) = E(u(w))⁻ / E(u(w + Δ))⁺
 * </pre>
 *
 * <p>Momentum that forgets faster than the weight moves has the same law as the gradient with the
 * velocity's noise, {@link MomentumSettings#velocityNoise}.
 *
 * @param grid the weights
 * @param shares how much of the time each has, together 1
 * @param meanSquare E(w − w*)²
 * @param meanUpdate E|u|; moves per update are α/Δ times this
 */
@SuppressWarnings("ArrayRecordComponent")
public record LazyLaw(WeightGrid grid, double[] shares, double meanSquare, double meanUpdate) {
  /** Weights are left out from where one has less than this of the likeliest one's share. */
  private static final double LEAST = 1e-20;

  private static final int MOST_WEIGHTS = 100_000;

  /**
   * Computes the law.
   *
   * @throws InvalidInputException if it spreads over more than 100,000 weights on a side
   */
  public static LazyLaw of(NoisyQuadratic problem, UpdateRule rule) {
    double spacing = problem.spacing();
    int origin = (int) Math.floor(problem.minimum() / spacing);
    double[] above = side(problem, rule, origin, 1);
    double[] below = side(problem, rule, origin, -1);
    WeightGrid grid = new WeightGrid(spacing, origin - below.length + 1, origin + above.length - 1);
    double[] shares = new double[grid.size()];
    double sum = 0;
    for (int index = 0; index < shares.length; index++) {
      int off = index - (below.length - 1);
      shares[index] = off < 0 ? below[-off] : above[off];
      sum += shares[index];
    }
    double size = 0;
    for (int index = 0; index < shares.length; index++) {
      shares[index] /= sum;
      double weight = grid.weight(index);
      size += shares[index] * (rule.down(problem, weight) + rule.up(problem, weight));
    }
    double minimum = problem.minimum();
    double meanSquare = grid.mean(shares, w -> (w - minimum) * (w - minimum));
    return new LazyLaw(grid, shares, meanSquare, size);
  }

  /** Returns shares in units of the origin's, from there on outwards. */
  private static double[] side(NoisyQuadratic problem, UpdateRule rule, int origin, int direction) {
    double[] shares = new double[MOST_WEIGHTS];
    shares[0] = 1;
    double most = 1;
    for (int cells = 1; cells < MOST_WEIGHTS; cells++) {
      double inner = problem.spacing() * (origin + direction * (cells - 1));
      double outer = problem.spacing() * (origin + direction * cells);
      double out = direction > 0 ? rule.up(problem, inner) : rule.down(problem, inner);
      double back = direction > 0 ? rule.down(problem, outer) : rule.up(problem, outer);
      shares[cells] = out == 0 ? 0 : shares[cells - 1] * out / back;
      most = Math.max(most, shares[cells]);
      if (shares[cells] < LEAST * most) {
        return Arrays.copyOf(shares, cells);
      }
    }
    throw new InvalidInputException(
        "the law with spacing "
            + problem.spacing()
            + " and noise "
            + problem.noise()
            + " spreads over more than "
            + MOST_WEIGHTS
            + " weights; use a larger spacing or less noise");
  }
}
