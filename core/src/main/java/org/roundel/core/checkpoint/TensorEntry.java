package org.roundel.core.checkpoint;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a safetensors file's header says of one tensor.
 *
 * @param name unique in the file
 * @param type the type of every element
 * @param shape the dimensions, outermost first; empty for a scalar
 * @param begin the first byte, counted from the end of the header
 * @param end the byte after the last
 */
public record TensorEntry(String name, ElementType type, List<Long> shape, long begin, long end) {
  /** Copies the shape. */
  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /** Returns the number of bytes. */
  public long bytes() {
    return end - begin;
  }

  /** Returns the number of elements. */
  public long elements() {
    return bytes() / type.size();
  }

  /** Returns how many bytes a tensor takes, or nothing where that is beyond a 64-bit number. */
  static OptionalLong bytes(ElementType type, List<Long> shape) {
    long bytes = type.size();
    for (long dimension : shape) {
      if (Math.multiplyHigh(bytes, dimension) != 0 || bytes * dimension < 0) {
        return OptionalLong.empty();
      }
      bytes *= dimension;
    }
    return OptionalLong.of(bytes);
  }
}
