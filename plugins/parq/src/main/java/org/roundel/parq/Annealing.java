package org.roundel.parq;

/**
 * How steeply weights are drawn to a grid: a piecewise-affine map between its values, the proximal
 * map of a convex regularizer, whose steps become steeper in the course of a run.
 *
 * <p>With neighbouring values a ≤ w ≤ b, their middle c, and the inverse slope ρ,
 *
 * <pre>
 *   map(w) = clip(c + (w − c)/ρ, a, b)
 * </pre>
 *
 * and a weight below the lowest or above the highest value goes to it. ρ = 1 leaves what is between
 * the values, ρ → 0 rounds to the nearest one. With σ(z) = 1/(1 + e^z) for a steepness s and the
 * share f of the way from <em>start</em> to <em>end</em>,
 *
 * <pre>
 *   ρ = (σ(s·(f − ½)) − σ(s/2))/(σ(−s/2) − σ(s/2))
 * </pre>
 *
 * which falls from 1 to 0; before the start nothing is mapped, from the end on weights are rounded.
 *
 * @param start share of the run where it begins
 * @param end share of the run where it ends, greater than start
 * @param steepness s, from 0.1 to 100
 */
record Annealing(double start, double end, double steepness) {
  /** Returns ρ: 1 up to the start, 0 from the end on. */
  double inverseSlope(double progress) {
    if (progress <= start) {
      return 1;
    }
    if (progress >= end) {
      return 0;
    }
    double share = (progress - start) / (end - start);
    // The same as above with σ(z) = (1 − tanh(z/2))/2, without differences of near numbers.
    return (1 - StrictMath.tanh(steepness * (share - 0.5) / 2) / StrictMath.tanh(steepness / 4))
        / 2;
  }

  /**
   * Maps the first weights of an array in place. NaN stays NaN.
   *
   * @param levels the grid's values, increasing
   * @param inverseSlope ρ, greater than 0 and less than 1
   */
  static void map(float[] weights, int length, float[] levels, double inverseSlope) {
    int last = levels.length - 1;
    for (int index = 0; index < length; index++) {
      float weight = weights[index];
      int beyond = 0;
      for (float level : levels) {
        beyond += weight >= level ? 1 : 0;
      }
      double lower = levels[Math.max(0, beyond - 1)];
      double upper = levels[Math.min(last, beyond)];
      double center = (lower + upper) / 2;
      double mapped = center + (weight - center) / inverseSlope;
      float bounded = (float) Math.max(lower, Math.min(upper, mapped)) + 0f;
      weights[index] = Float.isNaN(weight) ? weight : bounded;
    }
  }

  /** Rounds the first weights to the nearest level, from the middle to the upper; NaN stays NaN. */
  static void round(float[] weights, int length, float[] levels) {
    double[] middles = new double[levels.length - 1];
    for (int index = 0; index < middles.length; index++) {
      middles[index] = ((double) levels[index] + levels[index + 1]) / 2;
    }
    for (int index = 0; index < length; index++) {
      float weight = weights[index];
      int beyond = 0;
      for (double middle : middles) {
        beyond += weight >= middle ? 1 : 0;
      }
      weights[index] = Float.isNaN(weight) ? weight : levels[beyond];
    }
  }
}
