package org.roundel.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A message in protobuf's wire format: fields one after the other, each with its number and wire
 * type in front. Repeated numbers are written one by one, as ONNX's schema (proto2) has them.
 */
final class ProtobufMessage {
  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FOUR_BYTES = 5;

  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  /** Writes a whole number. */
  ProtobufMessage number(int field, long value) {
    varint((long) field << 3 | VARINT);
    varint(value);
    return this;
  }

  /** Writes a float. */
  ProtobufMessage real(int field, float value) {
    varint((long) field << 3 | FOUR_BYTES);
    int bits = Float.floatToIntBits(value);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      content.write(bits >>> shift);
    }
    return this;
  }

  /** Writes bytes. */
  ProtobufMessage bytes(int field, byte[] value) {
    varint((long) field << 3 | LENGTH_DELIMITED);
    varint(value.length);
    content.writeBytes(value);
    return this;
  }

  /** Writes text in UTF-8. */
  ProtobufMessage text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a message within this one. */
  ProtobufMessage message(int field, ProtobufMessage value) {
    return bytes(field, value.content.toByteArray());
  }

  /** Writes the fields of another message behind those of this one. */
  ProtobufMessage fields(ProtobufMessage other) {
    content.writeBytes(other.content.toByteArray());
    return this;
  }

  /** Writes all this out. */
  void writeTo(OutputStream out) throws IOException {
    content.writeTo(out);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      content.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    content.write((int) rest);
  }
}
