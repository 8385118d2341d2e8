package org.roundel.datasets.array;

import org.roundel.api.model.InputShape;

/**
 * The images of one split in memory, one unsigned byte per value.
 *
 * <p>Holds the given arrays, copies nothing, and is not changed after it is made, so any thread may
 * read it.
 */
public final class ImageArray {
  private final InputShape shape;
  private final byte[] pixels;
  private final byte[] labels;

  /**
   * Makes an array of images.
   *
   * @param shape of each image
   * @param pixels image after image, each in the order channel, row, column
   * @param labels the class of each image, an unsigned byte
   */
  public ImageArray(InputShape shape, byte[] pixels, byte[] labels) {
    if (labels.length == 0 || pixels.length != (long) labels.length * shape.length()) {
      throw new IllegalArgumentException(
          pixels.length + " values for " + labels.length + " images of " + shape);
    }
    this.shape = shape;
    this.pixels = pixels;
    this.labels = labels;
  }

  InputShape shape() {
    return shape;
  }

  int size() {
    return labels.length;
  }

  int label(int index) {
    return labels[index] & 0xFF;
  }

  /** Returns the values of all images; not to be written. */
  byte[] pixels() {
    return pixels;
  }

  /** Returns the labels of all images; not to be written. */
  byte[] labels() {
    return labels;
  }
}
