package org.roundel.reproduce.theory;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.roundel.api.InvalidInputException;

/**
 * How fast a chain forgets where it started: the total variation between its law after t steps and
 * its stationary law, from the worst of the starts, and the first t where that is small (the mixing
 * time). Immutable.
 *
 * <p>This distance never grows with t, so the mixing time is found by squaring the matrix until it
 * is passed and then halving: 300,000 steps take about 40 products of matrices.
 */
public final class Mixing {
  /** Mixing times beyond 2 to this are reported as none. */
  private static final int MOST_DOUBLINGS = 40;

  /** So that a distance of exactly ε counts as reached although it was rounded. */
  private static final double ROUNDING = 1e-12;

  private final MarkovChain chain;
  private final double[] law;

  /**
   * Prepares a chain.
   *
   * @throws InvalidInputException if the chain has more than one stationary law
   */
  public Mixing(MarkovChain chain) {
    this.chain = chain;
    this.law = chain.stationaryLaw();
  }

  /** Returns the stationary law, a copy. */
  public double[] stationaryLaw() {
    return law.clone();
  }

  /** Returns half the sum of |p − q|, the total variation between two laws, in [0, 1]. */
  public static double totalVariation(double[] p, double[] q) {
    if (p.length != q.length) {
      throw new IllegalArgumentException(
          "laws of " + p.length + " and " + q.length + " states; allowed: the same number");
    }
    double sum = 0;
    for (int state = 0; state < p.length; state++) {
      sum += Math.abs(p[state] - q[state]);
    }
    return sum / 2;
  }

  /** Returns all states, the starts for the mixing time as it is usually defined. */
  public int[] allStates() {
    int[] states = new int[chain.size()];
    for (int state = 0; state < states.length; state++) {
      states[state] = state;
    }
    return states;
  }

  /**
   * Returns the total variation to the stationary law after 0, {@code stride}, 2·{@code stride}, …
   * steps, of the worst start at each.
   *
   * @param starts indices of states, at least one
   * @param points how many, at least 1
   * @param stride steps from one to the next, at least 1
   */
  public double[] distances(int[] starts, int points, long stride) {
    if (points < 1 || stride < 1) {
      throw new IllegalArgumentException(
          points + " points, " + stride + " steps apart; allowed: at least 1 of both");
    }
    double[] jump = power(stride);
    double[] laws = pointLaws(starts);
    double[] distances = new double[points];
    distances[0] = worst(laws);
    for (int point = 1; point < points; point++) {
      laws = SquareMatrix.product(laws, jump, chain.size());
      distances[point] = worst(laws);
    }
    return distances;
  }

  private double[] power(long steps) {
    double[] result = chain.matrix();
    for (int bit = 62 - Long.numberOfLeadingZeros(steps); bit >= 0; bit--) {
      result = squared(result);
      if ((steps >> bit & 1) == 1) {
        result = SquareMatrix.product(result, chain.matrix(), chain.size());
      }
    }
    return result;
  }

  /**
   * Returns the total variation to the stationary law after {@code steps} steps, of the worst
   * start, by squaring.
   */
  public double distance(int[] starts, long steps) {
    double[] laws = pointLaws(starts);
    double[] power = chain.matrix();
    for (long left = steps; left > 0; left >>= 1) {
      if ((left & 1) == 1) {
        laws = SquareMatrix.product(laws, power, chain.size());
      }
      if (left > 1) {
        power = squared(power);
      }
    }
    return worst(laws);
  }

  /**
   * Returns the mixing time: the fewest steps after which the total variation to the stationary law
   * is at most ε from every one of the starts; empty if that is not so within 2^40 steps, as in a
   * chain that is periodic.
   *
   * @param epsilon in (0, 1)
   * @param starts indices of states, at least one
   */
  public OptionalLong time(double epsilon, int[] starts) {
    if (!(epsilon > 0 && epsilon < 1)) {
      throw new InvalidInputException(
          "the mixing time's distance is " + epsilon + "; allowed: above 0 and below 1");
    }
    double[] start = pointLaws(starts);
    if (isMixed(start, epsilon)) {
      return OptionalLong.of(0);
    }
    List<double[]> powers = new ArrayList<>();
    double[] power = chain.matrix();
    while (!isMixed(SquareMatrix.product(start, power, chain.size()), epsilon)) {
      powers.add(power);
      if (powers.size() > MOST_DOUBLINGS) {
        return OptionalLong.empty();
      }
      power = squared(power);
    }
    // The most steps after which it is not mixed yet, from the highest bit down.
    long steps = 0;
    double[] laws = start;
    for (int bit = powers.size() - 1; bit >= 0; bit--) {
      double[] later = SquareMatrix.product(laws, powers.get(bit), chain.size());
      if (!isMixed(later, epsilon)) {
        laws = later;
        steps += 1L << bit;
      }
    }
    return OptionalLong.of(steps + 1);
  }

  private double[] squared(double[] power) {
    double[] result = SquareMatrix.product(power, power, chain.size());
    SquareMatrix.normalizeRows(result, chain.size());
    return result;
  }

  private boolean isMixed(double[] laws, double epsilon) {
    return worst(laws) <= epsilon + ROUNDING;
  }

  private double[] pointLaws(int[] starts) {
    if (starts.length == 0) {
      throw new IllegalArgumentException("no starts; allowed: at least one");
    }
    double[] laws = new double[Math.multiplyExact(starts.length, chain.size())];
    for (int index = 0; index < starts.length; index++) {
      if (starts[index] < 0 || starts[index] >= chain.size()) {
        throw new IllegalArgumentException(
            "start " + starts[index] + "; allowed: 0 to " + (chain.size() - 1));
      }
      laws[index * chain.size() + starts[index]] = 1;
    }
    return laws;
  }

  private double worst(double[] laws) {
    double worst = 0;
    for (int row = 0; row < laws.length; row += law.length) {
      double sum = 0;
      for (int state = 0; state < law.length; state++) {
        sum += Math.abs(laws[row + state] - law[state]);
      }
      worst = Math.max(worst, sum / 2);
    }
    return worst;
  }
}
