package org.roundel.reproduce.theory.momentum;

import org.roundel.api.InvalidInputException;
import org.roundel.reproduce.theory.WeightGrid;

/**
 * The stationary law of stochastic rounding with momentum, by the chain of {@link VelocityChain}.
 *
 * @param settings the noise above 0
 * @param grid the weights, so many that those at the ends have next to nothing of the law
 * @param shares how much of the time each weight has, together 1
 * @param meanSquare E(w − w*)²
 * @param meanUpdate E|v|
 * @param velocitySquare Ev²
 */
@SuppressWarnings("ArrayRecordComponent")
public record MomentumLaw(
    MomentumSettings settings,
    WeightGrid grid,
    double[] shares,
    double meanSquare,
    double meanUpdate,
    double velocitySquare) {
  /** How much of the law may lie at an end of the grids of weights and velocities. */
  private static final double MOST_AT_AN_END = 1e-9;

  /** Of the slowest of what dies away, this much does between two extrapolated laws. */
  private static final double DECAY = 0.1;

  private static final int MOST_STATES = 1_000_000;

  /**
   * Computes the law.
   *
   * @throws InvalidInputException if there is no noise, or the law spreads over too many states
   */
  public static MomentumLaw of(MomentumSettings settings) {
    return of(settings, 1);
  }

  /**
   * Computes the law on a finer grid of velocities, to see how far the usual one is off.
   *
   * @param refinement how many times as fine, at least 1
   */
  static MomentumLaw of(MomentumSettings settings, double refinement) {
    NoisyQuadratic problem = settings.problem();
    if (!(problem.noise() > 0)) {
      throw new InvalidInputException(
          "the gradient's noise is 0; allowed: above 0, because without it the velocity has no"
              + " density");
    }
    double step =
        Math.min((1 - settings.momentum()) * problem.noise(), settings.velocityNoise() / 4)
            / refinement;
    MomentumFloor floor = MomentumFloor.ofNormalVelocity(settings);
    double weightReach = 8 * Math.sqrt(floor.meanSquare()) + 2 * problem.spacing();
    double velocityReach =
        6.5 * Math.sqrt(floor.velocitySquare()) + problem.curvature() * problem.spacing();
    double slowest = Math.min(1 - settings.momentum(), settings.rate() * problem.curvature());
    while (true) {
      WeightGrid grid =
          new WeightGrid(
              problem.spacing(),
              (int) Math.floor((problem.minimum() - weightReach) / problem.spacing()),
              (int) Math.ceil((problem.minimum() + weightReach) / problem.spacing()));
      int half = (int) Math.ceil(velocityReach / step);
      if (grid.size() * (2.0 * half + 1) > MOST_STATES) {
        throw new InvalidInputException(
            "the law with rate "
                + settings.rate()
                + ", momentum "
                + settings.momentum()
                + " and noise "
                + problem.noise()
                + " spreads over more than "
                + MOST_STATES
                + " states; use less momentum, more noise or a larger spacing");
      }
      VelocityChain chain = new VelocityChain(settings, grid, step, half);
      double[] law = new LawIteration(chain, (int) Math.ceil(DECAY / slowest)).run();
      MomentumLaw result = summary(settings, chain, law);
      boolean freeWeights =
          result.shares[0] <= MOST_AT_AN_END
              && result.shares[result.shares.length - 1] <= MOST_AT_AN_END;
      boolean freeVelocities = velocityEnds(chain, law) <= MOST_AT_AN_END;
      if (freeWeights && freeVelocities) {
        return result;
      }
      weightReach *= freeWeights ? 1 : 1.5;
      velocityReach *= freeVelocities ? 1 : 1.5;
    }
  }

  private static double velocityEnds(VelocityChain chain, double[] law) {
    double mass = 0;
    for (int row = 0; row < law.length; row += chain.velocities()) {
      mass += law[row] + law[row + chain.velocities() - 1];
    }
    return mass;
  }

  private static MomentumLaw summary(MomentumSettings settings, VelocityChain chain, double[] law) {
    double[] shares = new double[chain.grid.size()];
    double size = 0;
    double square = 0;
    for (int state = 0; state < law.length; state++) {
      int velocity = state % chain.velocities();
      shares[state / chain.velocities()] += law[state];
      size += law[state] * chain.velocitySize(velocity);
      square += law[state] * chain.velocity(velocity) * chain.velocity(velocity);
    }
    double minimum = settings.problem().minimum();
    double meanSquare = chain.grid.mean(shares, w -> (w - minimum) * (w - minimum));
    return new MomentumLaw(settings, chain.grid, shares, meanSquare, size, square);
  }

  /** Returns by what share of ΔE|v|/(2c) momentum raises the floor above it. */
  public double overshoot() {
    return MomentumFloor.overshoot(settings, meanUpdate, velocitySquare);
  }

  /** Returns E(w − w*)² by the balance of moments, from E|v| and Ev². */
  public double balancedMeanSquare() {
    return MomentumFloor.meanSquare(settings, meanUpdate, velocitySquare);
  }
}
