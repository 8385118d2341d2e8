package org.roundel.onednn.net;

/**
 * The shape of a value for one image of the batch: an image, or a row, which has height and width
 * 1.
 *
 * @param channels channels of an image, length of a row; at least 1
 * @param height rows of pixels; at least 1
 * @param width pixels in a row; at least 1
 * @param row whether the value is a row
 */
public record Shape(long channels, long height, long width, boolean row) {
  /** Checks the sizes. */
  public Shape {
    if (channels < 1 || height < 1 || width < 1 || (row && (height != 1 || width != 1))) {
      throw new IllegalArgumentException(
          "shape " + channels + "x" + height + "x" + width + (row ? " of a row" : ""));
    }
  }

  /** Returns the shape of images. */
  public static Shape image(long channels, long height, long width) {
    return new Shape(channels, height, width, false);
  }

  /** Returns the shape of rows. */
  public static Shape row(long length) {
    return new Shape(length, 1, 1, true);
  }

  /** Returns how many numbers a value has. */
  public long size() {
    return channels * height * width;
  }

  @Override
  public String toString() {
    return row ? Long.toString(channels) : channels + "x" + height + "x" + width;
  }
}
