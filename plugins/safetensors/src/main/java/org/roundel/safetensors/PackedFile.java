package org.roundel.safetensors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.roundel.api.net.Levels;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.ShippedNet;

/**
 * A file of the packed format.
 *
 * <pre>
 *   8 bytes   n, the header's length, little-endian
 *   n bytes   {"__metadata__": {"format": "roundel-net", "version": "1", "sha256": …, "net": …},
 *             "floats": {"dtype": "F32", …}, "bits": {"dtype": "U8", …}}, padded with blanks to a
 *             multiple of 8
 *   floats    little-endian; array after array: the levels or scales of quantized ones, the numbers
 *             of the others
 *   bits      array after array, each from a byte's lowest bit on
 * </pre>
 *
 * <p>{@code net} is JSON, see {@link NetText}: operations, and for each array what it takes of the
 * two. {@code sha256} is over {@code net}, floats and bits, in this order.
 */
final class PackedFile {
  static final String FORMAT = "roundel-net";
  static final String VERSION = "1";

  /** How every file begins behind its first 8 bytes. */
  static final String BEGINNING = "{\"__metadata__\":{\"format\":\"" + FORMAT + "\",";

  private final String net;
  private final byte[] floats;
  private final byte[] bits;

  /**
   * Makes a file of its parts, which are not copied.
   *
   * @param net the JSON
   * @param floats the bytes of all floats
   * @param bits all packed numbers
   */
  PackedFile(String net, byte[] floats, byte[] bits) {
    this.net = net;
    this.floats = floats;
    this.bits = bits;
  }

  String net() {
    return net;
  }

  byte[] floats() {
    return floats;
  }

  byte[] bits() {
    return bits;
  }

  /** Returns the file of a net. */
  static PackedFile of(ShippedNet net) {
    ByteArrayOutputStream floats = new ByteArrayOutputStream();
    ByteArrayOutputStream bits = new ByteArrayOutputStream();
    for (NetArray array : net.arrays().values()) {
      Levels levels = array.levels();
      if (levels == null) {
        floats.writeBytes(bytes(array.values()));
      } else {
        floats.writeBytes(bytes(levels.isScaled() ? levels.scales() : levels.values(0)));
        bits.writeBytes(array.packed());
      }
    }
    return new PackedFile(NetText.of(net), floats.toByteArray(), bits.toByteArray());
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  /** Writes the file, and closes the stream. */
  void write(OutputStream stream) throws IOException {
    try (OutputStream out = stream) {
      out.write(header());
      out.write(floats);
      out.write(bits);
    }
  }

  /** Returns the length, the header and its padding. */
  byte[] header() {
    StringBuilder text = new StringBuilder(BEGINNING);
    text.append("\"version\":\"" + VERSION + "\",\"sha256\":\"" + sha256() + "\",\"net\":");
    text.append(Json.text(net));
    text.append("},\"floats\":{\"dtype\":\"F32\",\"shape\":[" + floats.length / Float.BYTES);
    text.append("],\"data_offsets\":[0," + floats.length);
    text.append("]},\"bits\":{\"dtype\":\"U8\",\"shape\":[" + bits.length);
    text.append("],\"data_offsets\":[" + floats.length + "," + (floats.length + bits.length));
    text.append("]}}");
    byte[] json = text.toString().getBytes(StandardCharsets.UTF_8);
    int length = (json.length + 7) / 8 * 8;
    byte[] header = new byte[Long.BYTES + length];
    Arrays.fill(header, (byte) ' ');
    ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putLong(length).put(json);
    return header;
  }

  /** Returns the SHA-256 of the net, the floats and the bits, in lower-case hex. */
  String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(net.getBytes(StandardCharsets.UTF_8));
      digest.update(floats);
      digest.update(bits);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
