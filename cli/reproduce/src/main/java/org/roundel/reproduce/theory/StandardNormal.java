package org.roundel.reproduce.theory;

/**
 * The standard normal distribution N(0, 1), accurate to a few units of the last place of a double,
 * in the tails too. Results are the same bytes on every machine.
 */
public final class StandardNormal {
  private static final double INVERSE_ROOT_OF_TWO_PI = 0.3989422804014327;

  /** Below minus this, the tail's continued fraction is used; above it, the series. */
  private static final double TAIL = 1.25;

  /** More terms do not change a double: at {@link #TAIL} the fraction needs the most, about 220. */
  private static final int TAIL_TERMS = 250;

  private StandardNormal() {}

  /** Returns the density φ(x) = exp(−x²/2)/√(2π). */
  public static double density(double x) {
    // x² is split into the square of a short number, which is exact, and a small rest: rounding x²
    // would cost x²/2 units of the last place.
    double coarse = (double) Math.round(x * 16) / 16;
    if (Math.abs(x) > 40) {
      return 0;
    }
    double rest = (x - coarse) * (x + coarse);
    return INVERSE_ROOT_OF_TWO_PI
        * StrictMath.exp(-0.5 * coarse * coarse)
        * StrictMath.exp(-0.5 * rest);
  }

  /**
   * Returns the cumulative distribution function Φ(x) = P(N ≤ x).
   *
   * <p>Near 0 by the series Φ(x) = 1/2 + φ(x)·(x + x³/3 + x⁵/(3·5) + …), in the tail by Laplace's
   * continued fraction for Mills' ratio.
   */
  public static double cumulative(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    if (x < -TAIL) {
      return density(x) / (-x + tailFraction(-x));
    }
    if (x > TAIL) {
      return 1 - cumulative(-x);
    }
    double term = x;
    double sum = x;
    double before = Double.NaN;
    for (int odd = 3; sum != before; odd += 2) {
      before = sum;
      term *= x * x / odd;
      sum += term;
    }
    return 0.5 + density(x) * sum;
  }

  /**
   * Returns E(mean + deviation·N)⁺, the mean of a normal number with what is negative set to 0:
   * mean·Φ(t) + deviation·φ(t) with t = mean/deviation. Accurate relative to itself, however small.
   *
   * @param deviation at least 0; at 0 this is max(mean, 0)
   */
  public static double positivePart(double mean, double deviation) {
    if (deviation == 0) {
      return Math.max(mean, 0);
    }
    double t = mean / deviation;
    if (t > TAIL) {
      return mean + positivePart(-mean, deviation);
    }
    if (t >= -TAIL) {
      return deviation * (density(t) + t * cumulative(t));
    }
    // φ + tΦ is a difference of nearly equal numbers here. With Φ(t) = φ(t)/(|t| + K) it is
    // φ(t)·K/(|t| + K).
    double fraction = tailFraction(-t);
    return deviation * density(t) * fraction / (-t + fraction);
  }

  /** Returns K(t) = 1/(t + 2/(t + 3/(t + …))) for t of at least {@link #TAIL}. */
  private static double tailFraction(double t) {
    double fraction = 0;
    for (int term = TAIL_TERMS; term >= 1; term--) {
      fraction = term / (t + fraction);
    }
    return fraction;
  }
}
