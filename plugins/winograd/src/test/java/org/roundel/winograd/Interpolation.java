package org.roundel.winograd;

/**
 * The transforms' matrices from their definition, and how much they enlarge errors of rounding.
 *
 * <p>With p(x) the product of x − q over the finite points q, and N(q) that of q − r over the other
 * points r: the row of a point q is (1, q, q², …) / N(q) for weights, the coefficients of p(x) / (x
 * − q) for inputs, and (1, q, q², …) is its column for outputs. Infinity takes the last weight, p
 * itself, and the last output.
 */
final class Interpolation {
  private static final double[] POINTS = {0, 0.625, -0.625, 1.5, -1.5};
  private static final int SEEN = 6;

  private Interpolation() {}

  /** Returns the powers of each point, [SEEN, count]: to outputs, transposed. */
  static double[][] powers(int count) {
    double[][] powers = new double[SEEN][count];
    for (int row = 0; row < POINTS.length; row++) {
      for (int power = 0; power < count; power++) {
        powers[row][power] = Math.pow(POINTS[row], power);
      }
    }
    powers[SEEN - 1][count - 1] = 1;
    return powers;
  }

  /** Returns the transform of weights, [SEEN, 3]. */
  static double[][] weights() {
    double[][] rows = powers(3);
    for (int row = 0; row < POINTS.length; row++) {
      for (int other = 0; other < POINTS.length; other++) {
        for (int power = 0; power < 3 && other != row; power++) {
          rows[row][power] /= POINTS[row] - POINTS[other];
        }
      }
    }
    return rows;
  }

  /** Returns the transform of inputs, [SEEN, SEEN]. */
  static double[][] inputs() {
    double[][] rows = new double[SEEN][SEEN];
    for (int row = 0; row < SEEN; row++) {
      rows[row][0] = 1;
      for (int other = 0; other < POINTS.length; other++) {
        for (int power = SEEN - 1; power >= 0 && other != row; power--) {
          double lower = power == 0 ? 0 : rows[row][power - 1];
          rows[row][power] = lower - POINTS[other] * rows[row][power];
        }
      }
    }
    return rows;
  }

  /**
   * Returns the largest factor by which the deviation of errors that the products have grows: of
   * independent numbers of deviation 1, transformed by left and right, multiplied place by place
   * and transformed back, in both directions.
   *
   * @param back [SEEN, count]
   */
  static double growth(double[][] left, double[][] right, double[][] back) {
    double most = 0;
    for (int column = 0; column < back[0].length; column++) {
      double variance = 0;
      for (int place = 0; place < SEEN; place++) {
        variance += Math.pow(back[place][column], 2) * square(left[place]) * square(right[place]);
      }
      most = Math.max(most, variance);
    }
    // The deviation is the root of it, and there are two directions.
    return most;
  }

  private static double square(double[] row) {
    double sum = 0;
    for (double value : row) {
      sum += value * value;
    }
    return sum;
  }
}
