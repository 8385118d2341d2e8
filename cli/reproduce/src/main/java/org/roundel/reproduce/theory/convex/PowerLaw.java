package org.roundel.reproduce.theory.convex;

import org.roundel.api.InvalidInputException;

/**
 * y = e^a · x_1^p_1 · … · x_k^p_k fitted to positive numbers: ordinary least squares of log y on
 * the logarithms of the x.
 *
 * @param exponents p
 * @param standardErrors of the exponents: the root of s²(XᵀX)⁻¹'s diagonal, with s² the residuals'
 *     sum of squares over n − k − 1
 * @param logFactor a
 */
@SuppressWarnings("ArrayRecordComponent")
public record PowerLaw(double[] exponents, double[] standardErrors, double logFactor) {
  private static final double NO_VARIATION = 1e-12;

  /**
   * Fits a law.
   *
   * @param x n rows of k positive numbers, n at least k + 2
   * @param y n positive numbers
   * @throws InvalidInputException if there are too few rows, a number is not positive, or the
   *     columns do not vary independently
   */
  public static PowerLaw fit(double[][] x, double[] y) {
    int columns = x.length == 0 ? 0 : x[0].length;
    if (x.length < columns + 2 || y.length != x.length) {
      throw new InvalidInputException(
          x.length + " rows for " + columns + " exponents; a fit needs 2 rows more than exponents");
    }
    double[][] logs = new double[x.length][columns];
    double[] target = new double[x.length];
    for (int row = 0; row < x.length; row++) {
      for (int column = 0; column < columns; column++) {
        logs[row][column] = log(x[row][column]);
      }
      target[row] = log(y[row]);
    }
    double[] means = centerColumns(logs);
    double targetMean = 0;
    for (double each : target) {
      targetMean += each / target.length;
    }
    Cholesky moments = moments(logs);
    double[] products = new double[columns];
    for (int row = 0; row < logs.length; row++) {
      for (int column = 0; column < columns; column++) {
        products[column] += logs[row][column] * (target[row] - targetMean);
      }
    }
    double[] exponents = moments.solve(products);
    double residuals = 0;
    for (int row = 0; row < logs.length; row++) {
      double residual = target[row] - targetMean;
      for (int column = 0; column < columns; column++) {
        residual -= exponents[column] * logs[row][column];
      }
      residuals += residual * residual;
    }
    double variance = residuals / (x.length - columns - 1);
    double[] errors = new double[columns];
    double logFactor = targetMean;
    for (int column = 0; column < columns; column++) {
      double[] unit = new double[columns];
      unit[column] = 1;
      errors[column] = Math.sqrt(variance * moments.solve(unit)[column]);
      logFactor -= exponents[column] * means[column];
    }
    return new PowerLaw(exponents, errors, logFactor);
  }

  private static Cholesky moments(double[][] logs) {
    int columns = logs[0].length;
    double[][] moments = new double[columns][columns];
    for (double[] row : logs) {
      for (int i = 0; i < columns; i++) {
        for (int j = 0; j <= i; j++) {
          moments[i][j] += row[i] * row[j];
        }
      }
    }
    try {
      return new Cholesky(moments);
    } catch (IllegalArgumentException singular) {
      throw new InvalidInputException(
          "a fit needs columns that vary, and not all in step; " + singular.getMessage(), singular);
    }
  }

  /** Takes each column's mean from it, and returns the means. */
  private static double[] centerColumns(double[][] rows) {
    double[] means = new double[rows[0].length];
    for (double[] row : rows) {
      for (int column = 0; column < means.length; column++) {
        means[column] += row[column] / rows.length;
      }
    }
    for (double[] row : rows) {
      for (int column = 0; column < means.length; column++) {
        double difference = row[column] - means[column];
        // What is only the mean's rounding error is no variation.
        row[column] = Math.abs(difference) < NO_VARIATION ? 0 : difference;
      }
    }
    return means;
  }

  private static double log(double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(value + " in a power law; allowed: greater than 0, finite");
    }
    return StrictMath.log(value);
  }
}
