package org.roundel.reproduce.theory.convex;

/** Solves A x = b for a symmetric positive definite A by A = L Lᵀ (Cholesky). */
final class Cholesky {
  private final double[][] lower;

  /**
   * Factors a matrix.
   *
   * @param matrix symmetric; only its lower half is read
   * @throws IllegalArgumentException if it is not positive definite
   */
  Cholesky(double[][] matrix) {
    int size = matrix.length;
    lower = new double[size][size];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column <= row; column++) {
        double rest = matrix[row][column];
        for (int k = 0; k < column; k++) {
          rest -= lower[row][k] * lower[column][k];
        }
        if (row != column) {
          lower[row][column] = rest / lower[column][column];
        } else if (rest > 0) {
          lower[row][row] = Math.sqrt(rest);
        } else {
          throw new IllegalArgumentException("pivot " + rest + " in row " + row + "; allowed: > 0");
        }
      }
    }
  }

  /** Returns x. */
  double[] solve(double[] rightSide) {
    int size = lower.length;
    double[] x = rightSide.clone();
    for (int row = 0; row < size; row++) {
      for (int k = 0; k < row; k++) {
        x[row] -= lower[row][k] * x[k];
      }
      x[row] /= lower[row][row];
    }
    for (int row = size - 1; row >= 0; row--) {
      for (int k = row + 1; k < size; k++) {
        x[row] -= lower[k][row] * x[k];
      }
      x[row] /= lower[row][row];
    }
    return x;
  }
}
