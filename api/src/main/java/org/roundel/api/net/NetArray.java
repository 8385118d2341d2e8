package org.roundel.api.net;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one array of a net, row-major, the first dimension the output channel: float32, or
 * quantized, where each is an index into {@link Levels}. Immutable.
 */
public final class NetArray {
  private final List<Integer> shape;
  private final float[] floats;
  private final @Nullable Levels levels;
  private final char[] indices;
  private final int length;

  private NetArray(List<Integer> shape, float[] floats, @Nullable Levels levels, char[] indices) {
    this.shape = List.copyOf(shape);
    this.floats = floats;
    this.levels = levels;
    this.indices = indices;
    this.length = shape.stream().reduce(1, Math::multiplyExact);
    int given = levels == null ? floats.length : indices.length;
    if (shape.isEmpty() || length < 1 || given != length) {
      throw new IllegalArgumentException(given + " numbers for an array of " + shape);
    }
    if (levels != null) {
      if (levels.isPerFilter() && levels.scales().length != shape.get(0)) {
        throw new IllegalArgumentException(
            levels.scales().length + " scales for an array of " + shape);
      }
      int count = levels.count();
      for (char index : indices) {
        if (index >= count) {
          throw new IllegalArgumentException("index " + (int) index + " of " + count);
        }
      }
    }
  }

  /** Returns an array of floats, which are copied. */
  public static NetArray floats(List<Integer> shape, float[] values) {
    return new NetArray(shape, values.clone(), null, new char[0]);
  }

  /**
   * Returns a quantized array.
   *
   * @param indices of the levels, 16 bits without sign each; copied
   */
  public static NetArray quantized(List<Integer> shape, Levels levels, char[] indices) {
    return new NetArray(shape, new float[0], levels, indices.clone());
  }

  /**
   * Returns a quantized array from what {@link #packed} returns.
   *
   * @throws IllegalArgumentException if there are more or fewer bytes than the shape needs, an
   *     index is too large, or bits behind the last one are set
   */
  public static NetArray unpacked(List<Integer> shape, Levels levels, byte[] packed) {
    int length = shape.stream().reduce(1, Math::multiplyExact);
    return new NetArray(
        shape, new float[0], levels, PackedBits.unpack(packed, levels.bits(), length));
  }

  /** Returns the shape. */
  public List<Integer> shape() {
    return shape;
  }

  /** Returns how many numbers it has. */
  public int length() {
    return length;
  }

  /** Returns the levels, null if the array is not quantized. */
  public @Nullable Levels levels() {
    return levels;
  }

  /** Returns how many bits each number takes in a file: 1, 2, 4, 8, 16, or 32 for floats. */
  public int bits() {
    return levels == null ? Float.SIZE : levels.bits();
  }

  /** Returns one number. */
  public float value(int element) {
    return levels == null
        ? floats[element]
        : levels.value(element / (length / shape.get(0)), indices[element]);
  }

  /**
   * Returns which level a number is.
   *
   * @throws IllegalStateException if the array is not quantized
   */
  public int index(int element) {
    if (levels == null) {
      throw new IllegalStateException("an array of floats has no levels");
    }
    return indices[element];
  }

  /** Returns all numbers, as a new array. */
  public float[] values() {
    if (levels == null) {
      return floats.clone();
    }
    float[] values = new float[length];
    int filters = levels.isPerFilter() ? shape.get(0) : 1;
    int size = length / filters;
    if (size < levels.count()) {
      // A table for each filter would take longer, without bound where a file says so.
      for (int element = 0; element < length; element++) {
        values[element] = value(element);
      }
      return values;
    }
    for (int filter = 0; filter < filters; filter++) {
      // A program that starts interprets this, so a number is one step.
      float[] row = levels.values(filter);
      for (int element = filter * size; element < (filter + 1) * size; element++) {
        values[element] = row[indices[element]];
      }
    }
    return values;
  }

  /**
   * Returns the indices packed, {@link #bits} each, the first one in the lowest bits of the first
   * byte; bits behind the last one are 0. Indices of 16 bits have their low byte first.
   *
   * @throws IllegalStateException if the array is not quantized
   */
  public byte[] packed() {
    if (levels == null) {
      throw new IllegalStateException("an array of floats cannot be packed");
    }
    return PackedBits.pack(indices, levels.bits());
  }

  /** Returns how many bytes the numbers take in a file, without their levels. */
  public long bytes() {
    return ((long) length * bits() + 7) / 8;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NetArray array
        && shape.equals(array.shape)
        && Arrays.equals(floats, array.floats)
        && (levels == null ? array.levels == null : levels.equals(array.levels))
        && Arrays.equals(indices, array.indices);
  }

  @Override
  public int hashCode() {
    return shape.hashCode() * 31 + Arrays.hashCode(indices) + Arrays.hashCode(floats);
  }
}
