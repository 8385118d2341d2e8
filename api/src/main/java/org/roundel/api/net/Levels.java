package org.roundel.api.net;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values that the quantized numbers of an array can have, in increasing order; a number's index
 * says which of them it is. Two forms:
 *
 * <ul>
 *   <li>a <em>table</em>: the values themselves, the same for the whole array;
 *   <li><em>scaled</em>: whole numbers m, a scale s of the whole array or of each filter (what
 *       belongs to one output channel, the first dimension), and a divisor d: the value is m·s/d,
 *       computed as {@code (float) ((double) m * s / d) + 0f}, so never −0. Binary weights with a
 *       scale are m = −1 and 1 with d = 1, four bits are m = −7 … 7 with d = 7.
 * </ul>
 *
 * <p>Immutable.
 */
public final class Levels {
  private final float[] table;
  private final int @Nullable [] multiples;
  private final int divisor;
  private final float[] scales;

  private Levels(float[] table, int @Nullable [] multiples, int divisor, float[] scales) {
    this.table = table;
    this.multiples = multiples;
    this.divisor = divisor;
    this.scales = scales;
    if (count() < 1 || count() > 65_536 || divisor < 1 || scales.length < 1) {
      throw new IllegalArgumentException(
          count() + " levels, divisor " + divisor + ", " + scales.length + " scales");
    }
  }

  /** Returns a table of values, in increasing order. */
  public static Levels of(float... values) {
    return new Levels(values.clone(), null, 1, new float[] {1});
  }

  /**
   * Returns multiples of a scale, or of one for each filter.
   *
   * @param multiples whole numbers, in increasing order
   * @param divisor what their products with a scale are divided by, at least 1
   * @param scales one for the whole array, or one for each filter; at least 0
   */
  public static Levels scaled(int[] multiples, int divisor, float... scales) {
    return new Levels(new float[0], multiples.clone(), divisor, scales.clone());
  }

  /**
   * Returns the same multiples of other scales; they share their memory.
   *
   * @throws IllegalStateException if this is a table
   */
  public Levels withScales(float... others) {
    if (multiples == null) {
      throw new IllegalStateException("a table of levels has no scales");
    }
    return new Levels(table, multiples, divisor, others.clone());
  }

  /** Returns how many levels there are, 1 to 65,536. */
  public int count() {
    return multiples == null ? table.length : multiples.length;
  }

  /** Returns how many bits an index takes in a file: 1, 2, 4, 8 or 16. */
  public int bits() {
    int bits = 1;
    while (1 << bits < count()) {
      bits *= 2;
    }
    return bits;
  }

  /** Returns whether these are multiples of scales; else they are a table. */
  public boolean isScaled() {
    return multiples != null;
  }

  /**
   * Returns the whole numbers, as a new array.
   *
   * @throws IllegalStateException if this is a table
   */
  public int[] multiples() {
    if (multiples == null) {
      throw new IllegalStateException("a table of levels has no multiples");
    }
    return multiples.clone();
  }

  /** Returns what products of multiples and scales are divided by; 1 for a table. */
  public int divisor() {
    return divisor;
  }

  /** Returns the scales, one or one for each filter, as a new array; 1 for a table. */
  public float[] scales() {
    return scales.clone();
  }

  /** Returns whether each filter has a scale of its own. */
  public boolean isPerFilter() {
    return scales.length > 1;
  }

  /**
   * Returns a value.
   *
   * @param filter the output channel
   * @param index which level
   */
  public float value(int filter, int index) {
    if (multiples == null) {
      return table[index];
    }
    float scale = scales[scales.length == 1 ? 0 : filter];
    // Adding 0 turns −0 into 0.
    return (float) ((double) multiples[index] * scale / divisor) + 0f;
  }

  /** Returns the values of one filter, as a new array. */
  public float[] values(int filter) {
    float[] values = new float[count()];
    for (int index = 0; index < values.length; index++) {
      values[index] = value(filter, index);
    }
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Levels levels
        && Arrays.equals(table, levels.table)
        && Arrays.equals(multiples, levels.multiples)
        && divisor == levels.divisor
        && Arrays.equals(scales, levels.scales);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(scales) * 31 + count();
  }
}
