package org.roundel.api.net;

import java.util.Locale;

/** Small numbers side by side, the first one in the lowest bits of the first byte. */
final class PackedBits {
  private PackedBits() {}

  /**
   * Packs numbers.
   *
   * @param bits of each number: 1, 2, 4, 8 or 16
   */
  static byte[] pack(char[] numbers, int bits) {
    byte[] packed = new byte[Math.toIntExact(((long) numbers.length * bits + 7) / 8)];
    if (bits == 16) {
      for (int position = 0; position < numbers.length; position++) {
        packed[2 * position] = (byte) numbers[position];
        packed[2 * position + 1] = (byte) (numbers[position] >> 8);
      }
      return packed;
    }
    int perByte = 8 / bits;
    for (int position = 0; position < numbers.length; position++) {
      packed[position / perByte] |= (byte) (numbers[position] << (bits * (position % perByte)));
    }
    return packed;
  }

  /**
   * Unpacks numbers.
   *
   * @param count how many there are
   * @throws IllegalArgumentException if they take another number of bytes, or spare bits are set
   */
  static char[] unpack(byte[] packed, int bits, int count) {
    if (packed.length != ((long) count * bits + 7) / 8) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%s bytes for %s numbers of %s bits", packed.length, count, bits));
    }
    char[] numbers = new char[count];
    if (bits == 16) {
      for (int position = 0; position < count; position++) {
        int low = packed[2 * position] & 0xFF;
        numbers[position] = (char) ((packed[2 * position + 1] & 0xFF) << 8 | low);
      }
      return numbers;
    }
    int mask = (1 << bits) - 1;
    int position = 0;
    for (byte some : packed) {
      int left = some & 0xFF;
      for (int shift = 0; shift < 8 && position < count; shift += bits) {
        numbers[position++] = (char) (left & mask);
        left >>= bits;
      }
      if (position == count && left != 0) {
        throw new IllegalArgumentException("bits behind the last number are set");
      }
    }
    return numbers;
  }
}
