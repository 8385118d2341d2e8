package org.roundel.reproduce.theory;

/**
 * The quantile function Φ⁻¹ of the standard normal distribution, to about 16 digits: a uniform
 * number's quantile is a normal number. The same bytes on every machine.
 *
 * <p>Source: Michael Wichura, <em>Algorithm AS 241: The Percentage Points of the Normal
 * Distribution</em>, Applied Statistics 37 (1988): quotients of two polynomials of degree 7, one
 * near the middle and two for the tails, there in √(−log p). The coefficients below are his,
 * rounded to doubles, from the lowest power up.
 */
final class NormalQuantile {
  private static final double[] MIDDLE_NUMERATOR = {
    3.3871328727963665,
    133.14166789178438,
    1971.5909503065513,
    13731.69376550946,
    45921.95393154987,
    67265.7709270087,
    33430.57558358813,
    2509.0809287301227
  };
  private static final double[] MIDDLE_DENOMINATOR = {
    1.0,
    42.31333070160091,
    687.1870074920579,
    5394.196021424751,
    21213.794301586597,
    39307.89580009271,
    28729.085735721943,
    5226.495278852854
  };
  private static final double[] TAIL_NUMERATOR = {
    1.4234371107496835,
    4.630337846156546,
    5.769497221460691,
    3.6478483247632045,
    1.2704582524523684,
    0.2417807251774506,
    0.022723844989269184,
    0.0007745450142783414
  };
  private static final double[] TAIL_DENOMINATOR = {
    1.0,
    2.053191626637759,
    1.6763848301838038,
    0.6897673349851,
    0.14810397642748008,
    0.015198666563616457,
    0.0005475938084995345,
    1.0507500716444169e-09
  };
  private static final double[] FAR_NUMERATOR = {
    6.657904643501103,
    5.463784911164114,
    1.7848265399172913,
    0.29656057182850487,
    0.026532189526576124,
    0.0012426609473880784,
    2.7115555687434876e-05,
    2.0103343992922881e-07
  };
  private static final double[] FAR_DENOMINATOR = {
    1.0,
    0.599832206555888,
    0.1369298809227358,
    0.014875361290850615,
    0.0007868691311456133,
    1.8463183175100548e-05,
    1.421511758316446e-07,
    2.0442631033899397e-15
  };

  private NormalQuantile() {}

  /** Returns the x with Φ(x) = p, for p in (0, 1). */
  static double of(double p) {
    double centred = p - 0.5;
    if (Math.abs(centred) <= 0.425) {
      double r = 0.180625 - centred * centred;
      return centred * quotient(MIDDLE_NUMERATOR, MIDDLE_DENOMINATOR, r);
    }
    double r = Math.sqrt(-StrictMath.log(centred < 0 ? p : 1 - p));
    double magnitude;
    if (r <= 5) {
      magnitude = quotient(TAIL_NUMERATOR, TAIL_DENOMINATOR, r - 1.6);
    } else {
      magnitude = quotient(FAR_NUMERATOR, FAR_DENOMINATOR, r - 5);
    }
    return centred < 0 ? -magnitude : magnitude;
  }

  private static double quotient(double[] numerator, double[] denominator, double x) {
    double above = numerator[7];
    double below = denominator[7];
    for (int power = 6; power >= 0; power--) {
      above = above * x + numerator[power];
      below = below * x + denominator[power];
    }
    return above / below;
  }
}
