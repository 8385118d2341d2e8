package org.roundel.reproduce.theory.momentum;

/**
 * The stationary law of a {@link VelocityChain}: its laws after ever more updates, with reduced
 * rank extrapolation between, which takes out the slowest of what has not died away yet.
 *
 * <p>Of laws p_0, …, p_m, some updates apart, it takes the combination Σγ_i·p_i with Σγ_i = 1 whose
 * change until the next is least, and goes on from there.
 *
 * <p>Source: R. P. Eddy, <em>Extrapolating to the limit of a vector sequence</em>, 1979; M. Mešina,
 * 1977.
 */
final class LawIteration {
  /** Changes that a combination is made of. */
  private static final int DEPTH = 8;

  /** The law is found when one stretch of updates changes no more than this share of it. */
  private static final double SETTLED = 1e-9;

  private static final int MOST_CYCLES = 500;

  private final VelocityChain chain;
  private final int updates;

  /**
   * Makes one.
   *
   * @param updates from one of the combined laws to the next
   */
  LawIteration(VelocityChain chain, int updates) {
    this.chain = chain;
    this.updates = updates;
  }

  /**
   * Returns the stationary law.
   *
   * @throws IllegalStateException if it is not reached
   */
  double[] run() {
    double[] law = chain.start();
    double[][] laws = new double[DEPTH][];
    double[][] changes = new double[DEPTH][];
    for (int cycle = 0; cycle < MOST_CYCLES; cycle++) {
      for (int index = 0; index < DEPTH; index++) {
        double[] before = law.clone();
        for (int update = 0; update < updates; update++) {
          chain.advance(law);
        }
        laws[index] = law.clone();
        changes[index] = law.clone();
        double change = 0;
        for (int state = 0; state < law.length; state++) {
          changes[index][state] -= before[state];
          change += Math.abs(changes[index][state]);
        }
        if (change <= SETTLED) {
          return law;
        }
      }
      law = combine(laws, weights(changes));
    }
    throw new IllegalStateException("no stationary law within " + MOST_CYCLES + " cycles");
  }

  private static double[] combine(double[][] laws, double[] weights) {
    double[] combined = new double[laws[0].length];
    for (int index = 0; index < laws.length; index++) {
      for (int state = 0; state < combined.length; state++) {
        combined[state] += weights[index] * laws[index][state];
      }
    }
    return combined;
  }

  /** Returns the γ with sum 1 that make |Σγ_i·change_i| least. */
  private static double[] weights(double[][] changes) {
    double[][] system = new double[DEPTH][DEPTH + 1];
    double scale = dot(changes[DEPTH - 1], changes[DEPTH - 1]);
    for (int row = 0; row < DEPTH; row++) {
      for (int column = 0; column < DEPTH; column++) {
        system[row][column] = dot(changes[row], changes[column]) / scale;
      }
      // The changes are nearly dependent in the end: a little of the last one's size keeps the
      // weights from growing without bound.
      system[row][row] += 1e-12 * system[row][row];
      system[row][DEPTH] = 1;
    }
    for (int column = 0; column < DEPTH; column++) {
      for (int row = column + 1; row < DEPTH; row++) {
        double factor = system[row][column] / system[column][column];
        for (int entry = column; entry <= DEPTH; entry++) {
          system[row][entry] -= factor * system[column][entry];
        }
      }
    }
    double[] weights = new double[DEPTH];
    double sum = 0;
    for (int row = DEPTH - 1; row >= 0; row--) {
      double rest = system[row][DEPTH];
      for (int column = row + 1; column < DEPTH; column++) {
        rest -= system[row][column] * weights[column];
      }
      weights[row] = rest / system[row][row];
      sum += weights[row];
    }
    for (int row = 0; row < DEPTH; row++) {
      weights[row] /= sum;
    }
    return weights;
  }

  private static double dot(double[] left, double[] right) {
    double sum = 0;
    for (int index = 0; index < left.length; index++) {
      sum += left[index] * right[index];
    }
    return sum;
  }
}
