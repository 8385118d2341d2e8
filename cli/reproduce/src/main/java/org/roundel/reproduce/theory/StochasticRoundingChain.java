package org.roundel.reproduce.theory;

import java.util.ArrayList;
import java.util.List;
import org.roundel.api.InvalidInputException;

/**
 * The exact transition law of one weight trained by stochastic rounding, w ← Q_s(w − α(f′(w) +
 * σN)), as a Markov chain on a grid; and the chain that it approaches as the rate α goes to 0.
 *
 * <p>With z = y − x + αf′(x), s = ασ and h(z) = E(z + sN)⁺, the probability of going from x to y is
 * [h(z + Δ) − 2h(z) + h(z − Δ)]/Δ: stochastic rounding spreads a number over its two neighbours as
 * a tent of width Δ, and this is the tent's mean under the normal law. The mean is even in z, so it
 * is taken at −|z|, where no large numbers cancel.
 *
 * <p>The limit is Theorem 5 of Li et al. 2017: Ũ(x, x ± Δ) = E(±g)⁺/Δ for the move g = −f′(x) − σN,
 * and T̃ = I − α₀·diag(Ũ1) + α₀Ũ; its stationary law π̃ does not depend on α₀.
 *
 * <p>The weight's grid has no ends, but a matrix has. What would leave this one is put to its ends,
 * in the limit too; {@link #wideGrid} chooses a grid where that does not matter.
 */
public final class StochasticRoundingChain {
  /** The most states of a grid that {@link #wideGrid} chooses. */
  public static final int MOST_STATES = 801;

  /** How much of the stationary laws may lie on an end of a grid that is wide enough. */
  private static final double MOST_AT_AN_END = 1e-12;

  private StochasticRoundingChain() {}

  /**
   * Returns the exact chain.
   *
   * @param objective f
   * @param grid the weights
   * @param rate α, above 0 and finite
   * @param noise σ, at least 0 and finite: the standard deviation of the gradient's noise
   */
  public static MarkovChain exact(
      PiecewiseQuadratic objective, WeightGrid grid, double rate, double noise) {
    StepRange.requirePositive("the rate", rate);
    StepRange.requireNoise(noise);
    int size = grid.size();
    double[][] rows = new double[size][size];
    for (int from = 0; from < size; from++) {
      double step = rate * objective.derivative(grid.weight(from));
      for (int to = 1; to < size - 1; to++) {
        rows[from][to] = tent(to - from, step, grid.spacing(), rate * noise);
      }
      // The mass below and above the inner weights: ramps instead of tents.
      double aboveLowest = grid.spacing() * (1 - from) + step;
      double belowHighest = grid.spacing() * (from - (size - 2)) - step;
      rows[from][0] = ramp(aboveLowest, grid.spacing(), rate * noise);
      rows[from][size - 1] = ramp(belowHighest, grid.spacing(), rate * noise);
      if (size == 1) {
        rows[from][0] = 1;
      }
    }
    return MarkovChain.of(names(grid), rows);
  }

  /**
   * Returns the tent's mean.
   *
   * @param cells how many spacings the tent's top is right of the weight
   * @param step α f′ of the weight. Not added up by the caller: the move to a neighbour has the
   *     probability of a tiny step's size, which adding it to the spacing would round away
   */
  private static double tent(int cells, double step, double spacing, double deviation) {
    if (cells * spacing + step > 0) {
      return tent(-cells, -step, spacing, deviation);
    }
    double sum =
        StandardNormal.positivePart((cells + 1) * spacing + step, deviation)
            - 2 * StandardNormal.positivePart(cells * spacing + step, deviation)
            + StandardNormal.positivePart((cells - 1) * spacing + step, deviation);
    return Math.max(0, sum / spacing);
  }

  /** Returns E[min(max((z + sN)/Δ, 0), 1)]. */
  private static double ramp(double z, double spacing, double deviation) {
    double difference =
        StandardNormal.positivePart(z, deviation)
            - StandardNormal.positivePart(z - spacing, deviation);
    return Math.max(0, difference / spacing);
  }

  /**
   * Returns the chain T̃ that those of ever smaller rates are lazy versions of, with half of the
   * largest α₀ that leaves no probability negative.
   *
   * @param objective f
   * @param grid the weights
   * @param noise σ, at least 0 and finite
   */
  public static MarkovChain limit(PiecewiseQuadratic objective, WeightGrid grid, double noise) {
    StepRange.requireNoise(noise);
    int size = grid.size();
    double[][] rows = new double[size][size];
    double most = 0;
    for (int from = 0; from < size; from++) {
      double move = -objective.derivative(grid.weight(from));
      double sum = 0;
      if (from > 0) {
        rows[from][from - 1] = StandardNormal.positivePart(-move, noise) / grid.spacing();
        sum += rows[from][from - 1];
      }
      if (from < size - 1) {
        rows[from][from + 1] = StandardNormal.positivePart(move, noise) / grid.spacing();
        sum += rows[from][from + 1];
      }
      most = Math.max(most, sum);
    }
    double factor = most == 0 ? 0 : 0.5 / most;
    for (int from = 0; from < size; from++) {
      double moves = 0;
      for (int to = Math.max(0, from - 1); to <= Math.min(size - 1, from + 1); to++) {
        rows[from][to] *= factor;
        moves += rows[from][to];
      }
      rows[from][from] = 1 - moves;
    }
    return MarkovChain.of(names(grid), rows);
  }

  private static List<String> names(WeightGrid grid) {
    List<String> names = new ArrayList<>();
    for (double weight : grid.weights()) {
      names.add(Double.toString(weight));
    }
    return names;
  }

  /**
   * Returns a grid that is so wide that its ends do not matter: neither stationary law, the exact
   * chain's nor the limit's, has more than 10^−12 of its mass on an end.
   *
   * @throws InvalidInputException if that would take more than {@link #MOST_STATES} states, if one
   *     of the chains has no single stationary law, or if the rate is so large that training
   *     diverges
   */
  public static WeightGrid wideGrid(
      PiecewiseQuadratic objective, double spacing, double rate, double noise) {
    WeightGrid.requireSpacing(spacing);
    StepRange.requireStable(objective, spacing, rate);
    double left = objective.pieces().get(0).centre();
    double right = left;
    for (PiecewiseQuadratic.Piece piece : objective.pieces()) {
      left = Math.min(left, piece.centre());
      right = Math.max(right, piece.centre());
    }
    for (double limit : objective.breaks()) {
      left = Math.min(left, limit);
      right = Math.max(right, limit);
    }
    for (int margin = 16; ; margin *= 2) {
      double lowest = Math.floor(left / spacing) - margin;
      double highest = Math.ceil(right / spacing) + margin;
      if (highest - lowest + 1 > MOST_STATES) {
        throw new InvalidInputException(
            "the exact law with spacing "
                + spacing
                + ", rate "
                + rate
                + " and noise "
                + noise
                + " spreads over more than the "
                + MOST_STATES
                + " grid points allowed; use a larger spacing or a smaller rate");
      }
      WeightGrid grid = new WeightGrid(spacing, (int) lowest, (int) highest);
      if (hasFreeEnds(exact(objective, grid, rate, noise))
          && hasFreeEnds(limit(objective, grid, noise))) {
        return grid;
      }
    }
  }

  private static boolean hasFreeEnds(MarkovChain chain) {
    double[] law = chain.stationaryLaw();
    return law[0] <= MOST_AT_AN_END && law[law.length - 1] <= MOST_AT_AN_END;
  }
}
