package org.roundel.reproduce.theory.convex;

import java.util.Arrays;

/** The largest eigenvalue of XᵀX/m, by the power method. */
final class LargestEigenvalue {
  private static final int MOST_ROUNDS = 10_000;
  private static final double PRECISION = 1e-12;

  /** The power method comes from below; bounds need a number that is not too small. */
  private static final double MARGIN = 1 + 1e-6;

  private LargestEigenvalue() {}

  /** Returns the largest eigenvalue of the rows' second-moment matrix, about 1e−6 too large. */
  static double ofSecondMoments(double[][] rows) {
    int dimension = rows[0].length;
    double[] vector = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      // No symmetry that an eigenvector could be at right angles to.
      vector[i] = 1 + 0.1 * i / dimension;
    }
    double[] image = new double[dimension];
    double estimate = 0;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double before = estimate;
      estimate = apply(rows, vector, image);
      if (estimate == 0 || Math.abs(estimate - before) <= PRECISION * estimate) {
        break;
      }
      System.arraycopy(image, 0, vector, 0, dimension);
    }
    return estimate * MARGIN;
  }

  /** Normalises the vector, sets image to its product with the matrix, and returns its length. */
  private static double apply(double[][] rows, double[] vector, double[] image) {
    double norm = Math.sqrt(dot(vector, vector));
    Arrays.fill(image, 0);
    for (double[] row : rows) {
      double factor = dot(row, vector) / norm / rows.length;
      for (int i = 0; i < image.length; i++) {
        image[i] += factor * row[i];
      }
    }
    return Math.sqrt(dot(image, image));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
