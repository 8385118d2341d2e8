package org.roundel.datasets.image;

/**
 * An image's red, green and blue as unsigned bytes, wherever they lie in an array.
 *
 * <p>The value of a channel at (row, column) is {@code samples[offset(channel) + row · rowStride +
 * column · pixelStride]}. A grey image has the same offset three times. So a decoder's own array is
 * used as it is, whatever its order. Where only a part was decoded, only its values are there, at
 * the rows and columns of the whole image; offsets may then be negative.
 */
public final class DecodedImage {
  private final int width;
  private final int height;
  private final byte[] samples;
  private final int[] offsets;
  private final int rowStride;
  private final int pixelStride;

  DecodedImage(
      int width, int height, byte[] samples, int[] offsets, int rowStride, int pixelStride) {
    this.width = width;
    this.height = height;
    this.samples = samples;
    this.offsets = offsets.clone();
    this.rowStride = rowStride;
    this.pixelStride = pixelStride;
  }

  /** Returns an image whose samples are dense in the order row, column, channel. */
  static DecodedImage interleaved(int width, int height, byte[] samples) {
    return new DecodedImage(width, height, samples, new int[] {0, 1, 2}, 3 * width, 3);
  }

  /**
   * Returns these pixels as a part of a larger image.
   *
   * @param width the whole image's
   * @param height the whole image's
   * @param left where the part begins
   * @param top where the part begins
   */
  DecodedImage within(int width, int height, int left, int top) {
    int[] moved = offsets.clone();
    for (int channel = 0; channel < moved.length; channel++) {
      moved[channel] -= top * rowStride + left * pixelStride;
    }
    return new DecodedImage(width, height, samples, moved, rowStride, pixelStride);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Returns the array that holds the values; not to be written. */
  byte[] samples() {
    return samples;
  }

  /** Returns where a channel's first value is; 0 is red, 1 green, 2 blue. */
  int offset(int channel) {
    return offsets[channel];
  }

  int rowStride() {
    return rowStride;
  }

  int pixelStride() {
    return pixelStride;
  }
}
