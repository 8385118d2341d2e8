package org.roundel.api.quantizer;

import java.nio.FloatBuffer;
import java.util.function.IntToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Chunks;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Tensors;
import org.roundel.api.random.RandomSource;

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

  private final boolean binary;
  private final double delta;
  private final double inverseDelta;
  private final int lowestIndex;
  private final float[] levels;

  private Grid(boolean binary, double delta, int lowestIndex, float[] levels) {
    this.binary = binary;
    this.delta = delta;
    this.inverseDelta = 1 / delta;
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
    // Beyond 2^25 neighbouring multiples are the same float32 number.
    return new Grid(false, delta, Math.toIntExact(lowest), levels);
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
    return binary ? nearestOfTwo(weight) : nearestOfMany(weight);
  }

  /**
   * Rounds each element of an array to {@link #nearest}, in one pass on several threads.
   *
   * @param weights read; float32, dense, c order
   * @param rounded written, same shape; may be {@code weights} itself
   */
  public void nearest(INDArray weights, INDArray rounded) {
    FloatBuffer source = Tensors.floats(weights);
    FloatBuffer target = Tensors.floats(rounded);
    Chunks.run(
        source.capacity(),
        chunk -> {
          float[] values = chunk.load(0, source);
          nearest(values, chunk.length());
          chunk.store(values, target);
        });
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
    return binary ? stochasticOfTwo(weight, uniform) : stochasticOfMany(weight, uniform);
  }

  /**
   * Rounds each element of an array by {@link #stochastic} with its own uniform number of {@code
   * random}, in one pass on several threads.
   *
   * @param weights read; float32, dense, c order
   * @param rounded written, same shape; may be {@code weights} itself
   */
  public void stochastic(INDArray weights, INDArray rounded, RandomSource random) {
    FloatBuffer source = Tensors.floats(weights);
    FloatBuffer target = Tensors.floats(rounded);
    Chunks.run(
        source.capacity(),
        chunk -> {
          float[] values = chunk.load(0, source);
          int[] bits = chunk.bits();
          random.bits(chunk.start(), bits, chunk.length());
          stochastic(values, bits, chunk.length());
          chunk.store(values, target);
        });
  }

  /**
   * Sets each element of an array to a value of the grid, each value with the same chance: on the
   * binary grid a fair coin for each sign.
   *
   * @param weights written; float32, dense, c order
   */
  public void draw(INDArray weights, RandomSource random) {
    draw(weights, random, bits -> levels[RandomSource.belowFromBits(levels.length, bits)]);
  }

  /**
   * Sets each element of an array to any number between the lowest and the highest value, uniformly
   * distributed: where latent weights of a method start that keeps them in the range.
   *
   * @param weights written; float32, dense, c order
   */
  public void drawInRange(INDArray weights, RandomSource random) {
    double lowest = lowest();
    double width = highest() - lowest;
    draw(weights, random, bits -> lowest + RandomSource.uniformFromBits(bits) * width);
  }

  private static void draw(INDArray weights, RandomSource random, IntToDoubleFunction fromBits) {
    FloatBuffer target = Tensors.floats(weights);
    Chunks.run(
        target.capacity(),
        chunk -> {
          float[] values = chunk.floats(0);
          int[] bits = chunk.bits();
          random.bits(chunk.start(), bits, chunk.length());
          for (int index = 0; index < chunk.length(); index++) {
            values[index] = (float) fromBits.applyAsDouble(bits[index]);
          }
          chunk.store(values, target);
        });
  }

  /** Rounds the first elements of a plain array to the nearest values, in place. */
  void nearest(float[] values, int length) {
    // Two loops, because the choice inside one would be made for every element.
    if (binary) {
      for (int index = 0; index < length; index++) {
        values[index] = nearestOfTwo(values[index]);
      }
    } else {
      for (int index = 0; index < length; index++) {
        values[index] = nearestOfMany(values[index]);
      }
    }
  }

  /** Rounds the first elements of a plain array at random, in place, with 32 random bits each. */
  void stochastic(float[] values, int[] bits, int length) {
    if (binary) {
      for (int index = 0; index < length; index++) {
        values[index] = stochasticOfTwo(values[index], RandomSource.uniformFromBits(bits[index]));
      }
    } else {
      for (int index = 0; index < length; index++) {
        values[index] = stochasticOfMany(values[index], RandomSource.uniformFromBits(bits[index]));
      }
    }
  }

  // The rounding of one number. Weights lie on either side of a threshold as chance has it, which
  // no branch prediction can follow, so a comparison of finite numbers becomes an index into the
  // levels.

  private float nearestOfTwo(float weight) {
    return Magnitudes.withSign(levels[1], weight);
  }

  private float nearestOfMany(float weight) {
    double multiple = weight / delta;
    // The cast cuts off towards zero, and turns what is beyond the range of int into its ends.
    int index = (int) (multiple + Math.copySign(0.5, multiple));
    int inRange = Math.max(lowestIndex, Math.min(index, lowestIndex + levels.length - 1));
    float rounded = levels[inRange - lowestIndex];
    return Float.isNaN(weight) ? weight : rounded;
  }

  private float stochasticOfTwo(float weight, double uniform) {
    return stochastic(weight, uniform, 0);
  }

  private float stochasticOfMany(float weight, double uniform) {
    // The levels are rounded to float32 and so is the weight. So if this is off by one, the weight
    // is the level between, and that is what it is rounded to.
    int lower = (int) (weight * inverseDelta - lowestIndex);
    return stochastic(weight, uniform, Math.max(0, Math.min(lower, levels.length - 2)));
  }

  /** Rounds to the level at {@code lower} or the next one; whatever is beyond them goes to them. */
  private float stochastic(float weight, double uniform, int lower) {
    double below = levels[lower];
    // Negative where u < (w − a)/(b − a); without the division.
    double difference = uniform * (levels[lower + 1] - below) - (weight - below);
    float rounded = levels[lower + (int) (Double.doubleToRawLongBits(difference) >>> 63)];
    return Float.isNaN(weight) ? weight : rounded;
  }
}
