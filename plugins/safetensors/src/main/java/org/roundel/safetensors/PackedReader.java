package org.roundel.safetensors;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.roundel.api.InvalidInputException;
import org.roundel.api.net.ShippedNet;

/** Reads files of the packed format, whoever made them. */
public final class PackedReader {
  private static final int LONGEST_HEADER = 100_000_000;

  private PackedReader() {}

  /**
   * Reads a net.
   *
   * @return empty if the file is of another format
   * @throws IOException if it cannot be read
   * @throws InvalidInputException if it is cut short, altered, or of another version
   */
  public static Optional<ShippedNet> read(Path file) throws IOException {
    // Not through a channel, which an interrupted thread would close.
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      if (!isOfFormat(in)) {
        return Optional.empty();
      }
      return Optional.of(NetParser.parse(parts(in)));
    } catch (IllegalArgumentException | ArithmeticException damage) {
      throw new InvalidInputException(
          file
              + " is a net packed by Roundel, but cut short, altered or of another version: "
              + damage.getMessage()
              + ". Export the run again",
          damage);
    }
  }

  private static boolean isOfFormat(RandomAccessFile in) throws IOException {
    byte[] beginning = PackedFile.BEGINNING.getBytes(StandardCharsets.UTF_8);
    if (in.length() < Long.BYTES + beginning.length) {
      return false;
    }
    in.seek(Long.BYTES);
    byte[] found = new byte[beginning.length];
    in.readFully(found);
    return Arrays.equals(found, beginning);
  }

  private static PackedFile parts(RandomAccessFile in) throws IOException {
    in.seek(0);
    byte[] prefix = new byte[Long.BYTES];
    in.readFully(prefix);
    long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > LONGEST_HEADER || length > in.length() - Long.BYTES) {
      throw new IllegalArgumentException("its header is said to have " + length + " bytes");
    }
    byte[] json = new byte[(int) length];
    in.readFully(json);
    Object header = Json.parse(utf8(json));
    Object metadata = JsonList.get("the header", header, "__metadata__");
    Object version = JsonList.get("the header", metadata, "version");
    if (!version.equals(PackedFile.VERSION)) {
      throw new IllegalArgumentException(
          "its version is " + version + ", and this program reads " + PackedFile.VERSION);
    }
    int floats = bytes(header, "floats", 0);
    int bits = bytes(header, "bits", floats);
    if ((long) floats + bits != in.length() - Long.BYTES - length || floats % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "its numbers take "
              + ((long) floats + bits)
              + " bytes, and it has "
              + (in.length() - Long.BYTES - length));
    }
    Object net = JsonList.get("the header", metadata, "net");
    byte[] numbers = new byte[floats];
    byte[] packed = new byte[bits];
    in.readFully(numbers);
    in.readFully(packed);
    PackedFile file = new PackedFile(String.valueOf(net), numbers, packed);
    if (!file.sha256().equals(JsonList.get("the header", metadata, "sha256"))) {
      throw new IllegalArgumentException("its SHA-256 is not the one that it was written with");
    }
    // Types, shapes and blanks, which nothing else depends on.
    byte[] written = file.header();
    if (!Arrays.equals(written, Long.BYTES, written.length, json, 0, json.length)) {
      throw new IllegalArgumentException("its header is not as it was written");
    }
    return file;
  }

  /** Returns how many bytes a tensor has that begins where it should. */
  private static int bytes(Object header, String tensor, int begin) {
    Object entry = JsonList.get("the header", header, tensor);
    JsonList offsets = JsonList.of(tensor, JsonList.get(tensor, entry, "data_offsets"));
    int length = -begin;
    if (offsets.integer() != begin) {
      throw new IllegalArgumentException(tensor + " lies in another place");
    }
    length += offsets.integer();
    if (length < 0) {
      throw new IllegalArgumentException(tensor + " has " + length + " bytes");
    }
    return length;
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException malformed) {
      throw new IllegalArgumentException("its header is not UTF-8", malformed);
    }
  }
}
