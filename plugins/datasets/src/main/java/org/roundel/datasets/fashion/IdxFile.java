package org.roundel.datasets.fashion;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.ZipException;
import org.roundel.api.InvalidInputException;
import org.roundel.datasets.file.Messages;

/**
 * Reads IDX files of unsigned bytes, the format of MNIST: a magic number, the length of each
 * dimension (all 32 bits, big-endian), then the values.
 *
 * <p>Nothing is allocated by a length that a file states: a header that differs from the expected
 * one is refused first.
 */
final class IdxFile {
  private static final int IMAGES_MAGIC = 0x803;
  private static final int LABELS_MAGIC = 0x801;

  private final String name;
  private final DataInputStream in;

  /**
   * Makes a reader.
   *
   * @param name the file's, for messages
   * @param in the content, already unpacked; the caller closes it
   */
  IdxFile(String name, InputStream in) {
    this.name = name;
    this.in = new DataInputStream(in);
  }

  /**
   * Reads images of 28x28.
   *
   * @param count how many the file must have
   * @param keep how many of them to read; the file's end is checked only where that is all
   */
  byte[] images(int count, int keep) throws IOException {
    try {
      requireMagic(IMAGES_MAGIC, "images");
      requireLength("images", count);
      requireLength("rows", FashionMnist.SHAPE.height());
      requireLength("columns", FashionMnist.SHAPE.width());
      return values(count, keep, FashionMnist.SHAPE.length());
    } catch (EOFException | ZipException cut) {
      throw unreadable(cut);
    }
  }

  /** Reads labels, which must be less than {@code classes}; otherwise as {@link #images}. */
  byte[] labels(int count, int keep, int classes) throws IOException {
    byte[] labels;
    try {
      requireMagic(LABELS_MAGIC, "labels");
      requireLength("labels", count);
      labels = values(count, keep, 1);
    } catch (EOFException | ZipException cut) {
      throw unreadable(cut);
    }
    for (int index = 0; index < labels.length; index++) {
      int label = labels[index] & 0xFF;
      if (label >= classes) {
        throw Messages.damaged(
            name, "label " + label + " of image " + index + "; allowed: 0 to " + (classes - 1));
      }
    }
    return labels;
  }

  private byte[] values(int count, int keep, int valuesPerImage) throws IOException {
    byte[] values = new byte[Math.multiplyExact(keep, valuesPerImage)];
    in.readFully(values);
    if (keep == count && in.read() >= 0) {
      throw Messages.damaged(
          name, "there is more after the last of " + Messages.grouped(count) + " records");
    }
    return values;
  }

  private void requireMagic(int expected, String content) throws IOException {
    int found = in.readInt();
    if (found != expected) {
      throw Messages.damaged(
          name,
          String.format(
              Locale.ROOT,
              "not an IDX file of %s: it starts with 0x%08x%s, expected 0x%08x",
              content,
              found,
              found >>> 24 == '<' ? " like a web page" : "",
              expected));
    }
  }

  private void requireLength(String dimension, int expected) throws IOException {
    int found = in.readInt();
    if (found != expected) {
      throw Messages.damaged(
          name,
          "the header says "
              + Messages.grouped(Integer.toUnsignedLong(found))
              + " "
              + dimension
              + ", expected "
              + Messages.grouped(expected));
    }
  }

  private InvalidInputException unreadable(IOException cause) {
    return new InvalidInputException(Messages.damaged(name, fault(cause)).getMessage(), cause);
  }

  /** Returns what the end of a stream before its time, or damage to packed data, means. */
  static String fault(IOException cause) {
    return cause instanceof EOFException
        ? "the file is cut short: it ends before its last record"
        : "the compressed data is damaged (" + cause.getMessage() + ")";
  }
}
