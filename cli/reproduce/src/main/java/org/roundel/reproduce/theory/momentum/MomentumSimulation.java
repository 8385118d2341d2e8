package org.roundel.reproduce.theory.momentum;

import org.roundel.api.random.RandomSource;
import org.roundel.reproduce.theory.convex.RandomStream;

/**
 * Trains one weight by stochastic rounding with momentum, and takes means over its updates.
 *
 * <p>It starts at the grid point below the minimum with a velocity of 0; the first twentieth of the
 * updates does not count. Updates are correlated, so the standard errors are from the means of
 * {@value #STRETCHES} stretches; they are right if a stretch is much longer than 1/(1 − β) and than
 * 1/(αc). A million updates take some tenths of a second.
 */
public final class MomentumSimulation {
  private static final int STRETCHES = 50;

  private MomentumSimulation() {}

  /**
   * What a simulation gave.
   *
   * @param meanSquare the mean of (w − w*)² after an update
   * @param meanSquareError its standard error
   * @param meanUpdate the mean of |u|
   * @param moves moves by a cell or more, per update
   */
  public record Means(double meanSquare, double meanSquareError, double meanUpdate, double moves) {}

  /**
   * Runs a simulation.
   *
   * @param updates that count, at least 100
   * @param random its numbers; independent simulations need independent sources
   */
  public static Means run(
      MomentumSettings settings, UpdateRule rule, int updates, RandomSource random) {
    NoisyQuadratic problem = settings.problem();
    RandomStream stream = new RandomStream(random);
    double spacing = problem.spacing();
    double momentum = settings.momentum();
    double cellsPerUpdate = settings.rate() / spacing;
    double cell = Math.floor(problem.minimum() / spacing);
    double velocity = 0;
    double[] squares = new double[STRETCHES];
    double sizes = 0;
    long moves = 0;
    int warmUp = updates / 20;
    for (int update = -warmUp; update < updates; update++) {
      double gradient = problem.gradient(cell * spacing) + problem.noise() * stream.nextNormal();
      velocity = momentum * velocity + (1 - momentum) * gradient;
      double used = rule.of(velocity);
      double move = cellsPerUpdate * used;
      double whole = Math.floor(move);
      double cells = stream.nextUniform() < move - whole ? whole + 1 : whole;
      cell -= cells;
      if (update >= 0) {
        double off = cell * spacing - problem.minimum();
        squares[(int) ((long) update * STRETCHES / updates)] += off * off;
        sizes += Math.abs(used);
        moves += cells == 0 ? 0 : 1;
      }
    }
    return means(squares, updates, sizes, moves);
  }

  private static Means means(double[] squares, int updates, double sizes, long moves) {
    double mean = 0;
    for (double square : squares) {
      mean += square / updates;
    }
    double spread = 0;
    for (double square : squares) {
      // Stretches may differ by one update, which is next to nothing of at least two.
      double off = square * STRETCHES / updates - mean;
      spread += off * off;
    }
    double error = Math.sqrt(spread / (STRETCHES - 1) / STRETCHES);
    return new Means(mean, error, sizes / updates, (double) moves / updates);
  }
}
