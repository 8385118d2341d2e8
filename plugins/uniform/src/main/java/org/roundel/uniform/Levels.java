package org.roundel.uniform;

/**
 * The values kΔ, |k| ≤ K, that one tensor or channel is rounded to: Δ = largest/K, so that the ends
 * are ±largest exactly. The others are the nearest float32 numbers.
 *
 * <p>The quotient w·K/largest says between which values a weight lies. The product is exact in
 * double precision, and then so is the quotient wherever it is a whole number or in the middle
 * between two: no other weight of float32 comes as near to a middle as double precision can tell,
 * as its distance is at least 2⁻⁴⁰ of the quotient. So exactly the weights in the middle are
 * rounded as such.
 *
 * <p>NaN stays NaN, weights beyond the ends go to the ends, and −0 is never returned.
 *
 * @param largest the highest value, finite and at least 0; where it is 0, all values are 0
 * @param highest K, the highest index, from 1 to 32,767
 */
record Levels(float largest, int highest) {
  /** Returns the value with an index. */
  float level(int index) {
    // Adding 0 turns −0, of a negative value that is too small for float32, into 0.
    return (float) ((double) index * largest / highest) + 0f;
  }

  /** Returns the nearest value, from the middle the one with the even index. */
  float halfEven(float weight) {
    return nearest(weight, (int) Math.rint(quotient(weight)));
  }

  /** Returns the nearest value, from the middle the one farther from 0. */
  float halfAway(float weight) {
    double quotient = quotient(weight);
    return nearest(weight, (int) (quotient + Math.copySign(0.5, quotient)));
  }

  /**
   * Returns one of the two values around a weight: the upper one where {@code uniform}, in [0, 1),
   * is less than the weight's share of the way from the lower to the upper one.
   */
  float stochastic(float weight, double uniform) {
    // Where rounding puts a value of the grid one place too low, its share of the way is 1.
    int lower = inRange((int) Math.floor(quotient(weight)), highest - 1);
    double below = level(lower);
    // Negative where the upper one is taken; its sign is an index, as no branch prediction can
    // follow
    // chance.
    double difference = uniform * (level(lower + 1) - below) - (weight - below);
    float rounded = level(lower + (int) (Double.doubleToRawLongBits(difference) >>> 63));
    return Float.isNaN(weight) ? weight : rounded;
  }

  /** Returns where on the grid a weight is, in steps from 0; NaN if all values are 0. */
  private double quotient(float weight) {
    return (double) weight * highest / largest;
  }

  // A cast to int cuts off towards zero, and turns what is beyond the range of int into its ends,
  // and
  // NaN into 0.

  private float nearest(float weight, int index) {
    float rounded = level(inRange(index, highest));
    return Float.isNaN(weight) ? weight : rounded;
  }

  private int inRange(int index, int last) {
    return Math.max(-highest, Math.min(index, last));
  }
}
