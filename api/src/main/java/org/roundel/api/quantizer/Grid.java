package org.roundel.api.quantizer;

import java.util.List;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.Options;

/**
 * A finite grid of evenly spaced values, with nearest and stochastic rounding onto it.
 *
 * <p>Two forms: <em>binary</em>, the two values −s and +s; and <em>fixed point</em>, the multiples
 * kΔ of a step Δ within a range. Rounding follows Li et al., <em>Training Quantized Nets: A Deeper
 * Understanding</em>, 2017:
 *
 * <ul>
 *   <li>nearest: Q_d(w) = sign(w)·Δ·⌊|w|/Δ + ½⌋, half away from zero; on the binary grid sign(w)·s
 *       with sign(0) = sign(−0) = +1;
 *   <li>stochastic: with neighbours a ≤ w ≤ b, Q_s(w) = b with probability (w−a)/(b−a), else a, so
 *       that E[Q_s(w)] = w.
 * </ul>
 *
 * Values outside the range go to its ends. A value on the grid never moves. NaN stays NaN, so that
 * divergence is seen. Never returns −0.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class Grid {
  /** The largest number of values that a grid may have. */
  public static final int MAXIMUM_SIZE = 65_536;

  /** Which form of grid to use; an option that only fixed point has implies fixed point. */
  public static final Option<String> FORM =
      Option.choice(
          "grid",
          "binary",
          List.of("binary", "fixed-point"),
          "form of the grid: two values, or evenly spaced ones (implied by delta, minimum, maximum)");

  /** The scale s of the binary grid. */
  public static final Option<Double> SCALE =
      Option.positive("scale", 1, 1e6, "binary grid: the weights are -scale and +scale");

  /** The step Δ of the fixed-point grid. */
  public static final Option<Double> DELTA =
      Option.positive("delta", 0.25, 1e6, "fixed-point grid: distance between neighbouring values");

  /** The lowest value of the fixed-point grid. */
  public static final Option<Double> MINIMUM =
      Option.real("minimum", -1, -1e6, 1e6, "fixed-point grid: lowest value, a multiple of delta");

  /** The highest value of the fixed-point grid. */
  public static final Option<Double> MAXIMUM =
      Option.real("maximum", 1, -1e6, 1e6, "fixed-point grid: highest value, a multiple of delta");

  /** The options that {@link #from} reads; a quantizer on such a grid declares them all. */
  public static final List<Option<?>> OPTIONS = List.of(FORM, SCALE, DELTA, MINIMUM, MAXIMUM);

  private static final List<Option<?>> FIXED_POINT_ONLY = List.of(DELTA, MINIMUM, MAXIMUM);

  private final boolean binary;
  private final double delta;
  private final long lowestIndex;
  private final float[] levels;

  private Grid(boolean binary, double delta, long lowestIndex, float[] levels) {
    this.binary = binary;
    this.delta = delta;
    this.lowestIndex = lowestIndex;
    this.levels = levels;
  }

  /** Returns the grid {−scale, +scale}. */
  public static Grid binary(double scale) {
    float level = (float) scale;
    if (!(level > 0 && level < Float.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          "a binary grid's scale is " + scale + "; allowed: a positive number");
    }
    return new Grid(true, 2.0 * level, 0, new float[] {-level, level});
  }

  /**
   * Returns the multiples of {@code delta} from {@code minimum} to {@code maximum}.
   *
   * @throws InvalidInputException if an end is not a multiple of delta (to one part in a million of
   *     delta), or the grid would have fewer than 2 or more than {@value #MAXIMUM_SIZE} values
   */
  public static Grid fixedPoint(double delta, double minimum, double maximum) {
    if (!(delta > 0)) {
      throw new InvalidInputException(
          "a grid's delta is " + delta + "; allowed: a positive number");
    }
    long lowest = multiple("minimum", minimum, delta);
    long highest = multiple("maximum", maximum, delta);
    long size = highest - lowest + 1;
    if (size < 2 || size > MAXIMUM_SIZE) {
      throw new InvalidInputException(
          "a grid from "
              + minimum
              + " to "
              + maximum
              + " with delta "
              + delta
              + " has "
              + Math.max(size, 0)
              + " values; allowed: 2 to "
              + MAXIMUM_SIZE);
    }
    float[] levels = new float[(int) size];
    for (int index = 0; index < levels.length; index++) {
      levels[index] = (float) ((lowest + index) * delta);
    }
    for (int index = 1; index < levels.length; index++) {
      if (!(levels[index] > levels[index - 1])) {
        throw new InvalidInputException(
            "a grid with delta "
                + delta
                + " near "
                + levels[index]
                + " is finer than float32; use a larger delta");
      }
    }
    return new Grid(false, delta, lowest, levels);
  }

  /**
   * Returns the grid that a user's options describe.
   *
   * @param options values for {@link #OPTIONS}
   * @throws InvalidInputException if an option is given that the chosen form does not use, or the
   *     values make no grid
   */
  public static Grid from(Options options) {
    boolean binary = options.get(FORM).equals("binary");
    if (!options.isGiven(FORM) && FIXED_POINT_ONLY.stream().anyMatch(options::isGiven)) {
      binary = false;
    }
    for (Option<?> unused : binary ? FIXED_POINT_ONLY : List.of(SCALE)) {
      if (options.isGiven(unused)) {
        throw new InvalidInputException(
            "option '"
                + unused.name()
                + "' is given, but grid="
                + (binary ? "binary" : "fixed-point")
                + " does not use it; remove it or set grid="
                + (binary ? "fixed-point" : "binary"));
      }
    }
    if (binary) {
      return binary(options.get(SCALE));
    }
    return fixedPoint(options.get(DELTA), options.get(MINIMUM), options.get(MAXIMUM));
  }

  private static long multiple(String end, double value, double delta) {
    double index = Math.rint(value / delta);
    if (!(Math.abs(value / delta - index) <= 1e-6) || Math.abs(index) > 1L << 40) {
      throw new InvalidInputException(
          "a grid's " + end + " is " + value + "; allowed: a multiple of delta, which is " + delta);
    }
    return (long) index;
  }

  /** Returns the values in increasing order, as a new array. */
  public float[] levels() {
    return levels.clone();
  }

  /** Returns the lowest value. */
  public float lowest() {
    return levels[0];
  }

  /** Returns the highest value. */
  public float highest() {
    return levels[levels.length - 1];
  }

  /** Returns the distance between neighbouring values. */
  public double delta() {
    return delta;
  }

  /** Returns the grid value nearest to {@code weight}, half away from zero; NaN for NaN. */
  public float nearest(float weight) {
    if (binary) {
      if (weight >= 0) {
        return levels[1];
      }
      return weight < 0 ? levels[0] : weight;
    }
    if (weight <= levels[0]) {
      return levels[0];
    }
    if (weight >= levels[levels.length - 1]) {
      return levels[levels.length - 1];
    }
    if (Float.isNaN(weight)) {
      return weight;
    }
    double magnitude = Math.floor(Math.abs((double) weight) / delta + 0.5);
    long index = (long) (weight < 0 ? -magnitude : magnitude);
    return levels[(int) (index - lowestIndex)];
  }

  /**
   * Returns one of the two grid values around {@code weight}, at random so that the mean is {@code
   * weight}; NaN for NaN.
   *
   * @param weight any number; outside the range the result is the nearest end
   * @param uniform a uniform random number in [0, 1); the upper neighbour is taken where it is less
   *     than (w−a)/(b−a), strictly
   */
  public float stochastic(float weight, double uniform) {
    if (weight <= levels[0]) {
      return levels[0];
    }
    if (weight >= levels[levels.length - 1]) {
      return levels[levels.length - 1];
    }
    if (Float.isNaN(weight)) {
      return weight;
    }
    int lower = (int) ((long) Math.floor(weight / delta) - lowestIndex);
    if (binary) {
      lower = 0;
    } else {
      // The levels are rounded to float32, so the division can be off by one next to a level.
      lower = Math.max(0, Math.min(lower, levels.length - 2));
      if (weight < levels[lower]) {
        lower--;
      } else if (weight >= levels[lower + 1]) {
        lower++;
      }
    }
    double below = levels[lower];
    double above = levels[lower + 1];
    return uniform < (weight - below) / (above - below) ? levels[lower + 1] : levels[lower];
  }
}
