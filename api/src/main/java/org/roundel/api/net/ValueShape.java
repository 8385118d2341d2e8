package org.roundel.api.net;

import java.util.List;

/**
 * The shape of a value for one image: an image itself, or a row, which has height and width 1.
 *
 * @param channels channels of an image, length of a row; at least 1
 * @param height rows of pixels; at least 1
 * @param width pixels in a row; at least 1
 * @param row whether the value is a row
 */
public record ValueShape(int channels, int height, int width, boolean row) {
  /** Checks the sizes. */
  public ValueShape {
    if (channels < 1 || height < 1 || width < 1 || (row && (height != 1 || width != 1))) {
      throw new IllegalArgumentException(
          "shape " + channels + "x" + height + "x" + width + (row ? " of a row" : ""));
    }
  }

  /** Returns the shape of images. */
  public static ValueShape image(int channels, int height, int width) {
    return new ValueShape(channels, height, width, false);
  }

  /** Returns the shape of rows. */
  public static ValueShape row(int length) {
    return new ValueShape(length, 1, 1, true);
  }

  /** Returns how many numbers a value has. */
  public int size() {
    return Math.multiplyExact(channels, Math.multiplyExact(height, width));
  }

  /** Returns the sizes: [channels, height, width] of images, [length] of rows. */
  public List<Integer> sizes() {
    return row ? List.of(channels) : List.of(channels, height, width);
  }

  @Override
  public String toString() {
    return row ? Integer.toString(channels) : channels + "x" + height + "x" + width;
  }
}
