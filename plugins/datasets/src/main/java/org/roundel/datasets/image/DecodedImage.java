package org.roundel.datasets.image;

/**
 * An image's red, green and blue as unsigned bytes, wherever they lie in an array.
 *
 * <p>The value of a channel at (row, column) is {@code samples[offset(channel) + row · rowStride +
 * column · pixelStride]}. A grey image has the same offset three times. So a decoder's own array is
 * used as it is, whatever its order.
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
