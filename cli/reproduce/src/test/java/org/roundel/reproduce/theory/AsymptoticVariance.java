package org.roundel.reproduce.theory;

/**
 * How far the mean of a function along a chain is off its stationary mean: n steps have a mean with
 * variance V/n for large n, with V = Σ π(x)·g(x)·(2u(x) − g(x)), where g is the function less its
 * mean and u solves Poisson's equation (I − P)u = g.
 */
final class AsymptoticVariance {
  private AsymptoticVariance() {}

  static double of(MarkovChain chain, double[] law, double[] function) {
    int size = chain.size();
    double mean = 0;
    for (int state = 0; state < size; state++) {
      mean += law[state] * function[state];
    }
    // (I − P + 1π)u = g has one solution, and with πg = 0 it solves Poisson's equation too.
    double[][] system = new double[size][size + 1];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        system[row][column] =
            (row == column ? 1 : 0) - chain.probability(row, column) + law[column];
      }
      system[row][size] = function[row] - mean;
    }
    solve(system);
    double variance = 0;
    for (int state = 0; state < size; state++) {
      double centred = function[state] - mean;
      variance += law[state] * centred * (2 * system[state][size] - centred);
    }
    return variance;
  }

  /** Gauss and Jordan's elimination with pivots; the solution ends up in the last column. */
  private static void solve(double[][] system) {
    int size = system.length;
    for (int column = 0; column < size; column++) {
      int pivot = column;
      for (int row = column + 1; row < size; row++) {
        if (Math.abs(system[row][column]) > Math.abs(system[pivot][column])) {
          pivot = row;
        }
      }
      double[] swapped = system[column];
      system[column] = system[pivot];
      system[pivot] = swapped;
      double divisor = system[column][column];
      for (int entry = 0; entry <= size; entry++) {
        system[column][entry] /= divisor;
      }
      for (int row = 0; row < size; row++) {
        double factor = system[row][column];
        if (row != column && factor != 0) {
          for (int entry = 0; entry <= size; entry++) {
            system[row][entry] -= factor * system[column][entry];
          }
        }
      }
    }
  }
}
