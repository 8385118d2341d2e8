package org.roundel.core.checkpoint;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a safetensors file's header says of one tensor.
 *
 * @param name unique in the file
 * @param type the name of the type of every element, usually an {@link ElementType}'s; others are
 *     not read
 * @param shape the dimensions, outermost first; empty for a scalar
 * @param begin the first byte, counted from the end of the header
 * @param end the byte after the last
 */
public record TensorEntry(String name, String type, List<Long> shape, long begin, long end) {
  /** Copies the shape. */
  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /** Returns whether the elements are of a type. */
  public boolean is(ElementType expected) {
    return type.equals(expected.name());
  }

  /** Returns the number of bytes. */
  public long bytes() {
    return end - begin;
  }

  /** Returns the number of elements, where its bytes are those of its shape. */
  public long elements() {
    return shape.stream().reduce(1L, (one, other) -> one * other);
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
