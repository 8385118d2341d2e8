package org.roundel.core.shard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Arrays of float32 as bytes: one bit for each element where an array has two values at most, as
 * weights on a binary grid have, else the elements themselves. To the same bits in either case.
 */
final class PackedFloats {
  private static final byte ELEMENTS = 0;
  private static final byte BITS = 1;

  private final FloatBuffer values;
  private final int @Nullable [] levels;

  /** Looks at an array's elements, which stay as they are until they are written. */
  PackedFloats(FloatBuffer values) {
    this.values = values;
    this.levels = levels(values);
  }

  private static int @Nullable [] levels(FloatBuffer values) {
    int first = Float.floatToRawIntBits(values.get(0));
    int second = first;
    for (int index = 1; index < values.capacity(); index++) {
      int bits = Float.floatToRawIntBits(values.get(index));
      if (bits != first && bits != second) {
        if (second != first) {
          return null;
        }
        second = bits;
      }
    }
    return new int[] {first, second};
  }

  /** Returns how many bytes are written. */
  int size() {
    int length = values.capacity();
    return 1 + (levels == null ? length * Float.BYTES : 2 * Integer.BYTES + (length + 7) / 8);
  }

  void write(ByteBuffer bytes) {
    if (levels == null) {
      bytes.put(ELEMENTS);
      writeElements(values, bytes);
      return;
    }
    bytes.put(BITS).putInt(levels[0]).putInt(levels[1]);
    for (int start = 0; start < values.capacity(); start += 8) {
      int packed = 0;
      int end = Math.min(start + 8, values.capacity());
      for (int index = start; index < end; index++) {
        if (Float.floatToRawIntBits(values.get(index)) != levels[0]) {
          packed |= 1 << (index - start);
        }
      }
      bytes.put((byte) packed);
    }
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @throws IllegalArgumentException if it is of no form that is known here
   */
  static void read(ByteBuffer bytes, FloatBuffer values) {
    byte form = bytes.get();
    if (form == ELEMENTS) {
      readElements(bytes, values);
      return;
    }
    if (form != BITS) {
      throw new IllegalArgumentException(
          "an array of form "
              + form
              + "; known are "
              + ELEMENTS
              + ", elements, and "
              + BITS
              + ", bits");
    }
    float first = Float.intBitsToFloat(bytes.getInt());
    float second = Float.intBitsToFloat(bytes.getInt());
    int packed = 0;
    for (int index = 0; index < values.capacity(); index++) {
      packed = index % 8 == 0 ? bytes.get() : packed >> 1;
      values.put(index, (packed & 1) == 0 ? first : second);
    }
  }

  static void writeElements(FloatBuffer values, ByteBuffer bytes) {
    int length = values.capacity();
    bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(0, values, 0, length);
    bytes.position(bytes.position() + length * Float.BYTES);
  }

  static void readElements(ByteBuffer bytes, FloatBuffer values) {
    int length = values.capacity();
    values.put(0, bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer(), 0, length);
    bytes.position(bytes.position() + length * Float.BYTES);
  }
}
