package org.roundel.api.dataset;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Some images with their labels.
 *
 * <p>The arrays belong to whoever made the batch and are reused: they are valid until the next batch is asked for.
 *
 * @param images float32, dense, c order, shape [size, channels, height, width]
 * @param labels the class of each image, counted from 0
 */
public record Batch(INDArray images, int[] labels) {
  /** Checks that there is a label for each image. */
  public Batch {
    if (images.rank() != 4 || images.size(0) != labels.length || labels.length == 0) {
      throw new IllegalArgumentException(images.size(0) + " images with " + labels.length + " labels");
    }
  }

  /** Returns the number of images. */
  public int size() {
    return labels.length;
  }
}
