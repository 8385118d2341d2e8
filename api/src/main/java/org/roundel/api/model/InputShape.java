package org.roundel.api.model;

/**
 * The shape of one image.
 *
 * @param channels 1 for grey, 3 for red, green and blue
 * @param height rows
 * @param width columns
 */
public record InputShape(int channels, int height, int width) {
  /** Checks the ranges. */
  public InputShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "no such image shape: " + channels + "x" + height + "x" + width);
    }
  }

  /** Returns the number of values in one image. */
  public int length() {
    return Math.multiplyExact(channels, Math.multiplyExact(height, width));
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
