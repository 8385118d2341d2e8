package org.roundel.core.checkpoint;

import java.util.Optional;

/**
 * The type of a tensor's elements in a safetensors file; the constants' names stand in the file.
 * The format has more, smaller than a byte some of them, and gets new ones: what is of those is
 * passed over.
 */
public enum ElementType {
  /** One byte, 0 or 1. */
  BOOL(1),
  /** Unsigned 8-bit integer. */
  U8(1),
  /** Signed 8-bit integer. */
  I8(1),
  /** 8-bit float with 5 bits of exponent and 2 of mantissa. */
  F8_E5M2(1),
  /** 8-bit float with 4 bits of exponent and 3 of mantissa. */
  F8_E4M3(1),
  /** Signed 16-bit integer. */
  I16(2),
  /** Unsigned 16-bit integer. */
  U16(2),
  /** IEEE 754 half precision. */
  F16(2),
  /** The upper half of a single-precision float. */
  BF16(2),
  /** Signed 32-bit integer. */
  I32(4),
  /** Unsigned 32-bit integer. */
  U32(4),
  /** IEEE 754 single precision. */
  F32(4),
  /** IEEE 754 double precision. */
  F64(8),
  /** Signed 64-bit integer. */
  I64(8),
  /** Unsigned 64-bit integer. */
  U64(8);

  private final int size;

  ElementType(int size) {
    this.size = size;
  }

  /** Returns the bytes that one element takes. */
  public int size() {
    return size;
  }

  /** Returns the type of that name in a file, or nothing where Roundel knows none. */
  static Optional<ElementType> of(String name) {
    for (ElementType type : values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
