package org.roundel.dorefa;

/**
 * The hyperbolic tangent by additions, multiplications and divisions alone: the same bytes on every
 * machine as {@link StrictMath#tanh}, several times as fast, because a loop over it becomes vector
 * instructions.
 *
 * <p>With y = x/8, Lambert's continued fraction tanh y = y/(1 + y²/(3 + y²/(5 + …))) cut off after
 * 12 terms is a quotient of two polynomials, off by at most 1.3·10⁻¹⁶ of the value for |y| ≤ 2.5;
 * then tanh 2y = 2·tanh y/(1 + tanh² y), three times. All coefficients are positive, so nothing
 * cancels, and tiny arguments keep their relative precision. Beyond |x| = 20 the result is that at
 * 20, which is 1 but for the rounding. All in all it is right to 10⁻¹⁵ of the value.
 */
final class Tanh {
  private static final double END = 20;

  private Tanh() {}

  /** Replaces the first elements of an array by their hyperbolic tangents; NaN stays NaN. */
  static void inPlace(double[] values, int length) {
    for (int index = 0; index < length; index++) {
      values[index] = of(values[index]);
    }
  }

  /** Returns the hyperbolic tangent; NaN for NaN. */
  static double of(double argument) {
    double y = Math.max(-END, Math.min(END, argument)) * 0.125;
    double z = y * y;
    double above =
        316234143225.0
            + z
                * (45831035250.0
                    + z * (1571349780.0 + z * (18378360.0 + z * (75075.0 + z * 78.0))));
    double below =
        316234143225.0
            + z
                * (151242416325.0
                    + z * (9820936125.0 + z * (192972780.0 + z * (1351350.0 + z * (3003.0 + z)))));
    return doubled(doubled(doubled(y * above / below)));
  }

  /** Returns tanh 2y for tanh y. */
  private static double doubled(double tanh) {
    return 2 * tanh / (1 + tanh * tanh);
  }
}
