package org.roundel.api.dataset;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Some images with their labels.
 *
 * <p>The arrays belong to whoever made the batch and are reused: they are valid until the next
 * batch is asked for.
 */
public final class Batch {
  private final INDArray images;
  private final int[] labels;

  /**
   * Makes a batch over the given arrays; nothing is copied.
   *
   * @param images float32, dense, c order, shape [size, channels, height, width]
   * @param labels the class of each image, counted from 0
   */
  public Batch(INDArray images, int[] labels) {
    if (images.rank() != 4 || images.size(0) != labels.length || labels.length == 0) {
      throw new IllegalArgumentException(
          images.size(0)
              + " images of rank "
              + images.rank()
              + " with "
              + labels.length
              + " labels");
    }
    this.images = images;
    this.labels = labels;
  }

  /** Returns the images: float32, dense, c order, shape [size, channels, height, width]. */
  public INDArray images() {
    return images;
  }

  /** Returns the class of each image, counted from 0; not to be written. */
  public int[] labels() {
    return labels;
  }

  /** Returns the number of images. */
  public int size() {
    return labels.length;
  }
}
