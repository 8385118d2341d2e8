package org.roundel.api.dataset;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Some images with their labels, and where in the dataset they come from: who has the dataset can
 * make the same batch from split, indices and epoch.
 *
 * <p>The arrays belong to whoever made the batch and are reused: they are valid until the next
 * batch is asked for.
 */
public final class Batch {
  private final INDArray images;
  private final int[] labels;
  private final Split split;
  private final int[] indices;
  private final int epoch;
  private final @Nullable INDArray targets;

  /**
   * Makes a batch over the given arrays; nothing is copied.
   *
   * @param images float32, dense, c order, shape [size, channels, height, width]
   * @param labels the class of each image, counted from 0
   * @param split which part of the dataset the images are of
   * @param indices the index of each image in that split, as {@link Dataset#read} takes it;
   *     training images that are held out for validation are a split {@code TEST} of their own
   * @param epoch the epoch, counted from 1, that training images are augmented for; 0 outside of
   *     all epochs, as where running statistics are estimated
   */
  public Batch(INDArray images, int[] labels, Split split, int[] indices, int epoch) {
    this(images, labels, split, indices, epoch, null);
  }

  private Batch(
      INDArray images,
      int[] labels,
      Split split,
      int[] indices,
      int epoch,
      @Nullable INDArray targets) {
    if (images.rank() != 4
        || images.size(0) != labels.length
        || indices.length != labels.length
        || labels.length == 0) {
      throw new IllegalArgumentException(
          images.size(0)
              + " images of rank "
              + images.rank()
              + " with "
              + labels.length
              + " labels and "
              + indices.length
              + " indices");
    }
    if (epoch < 0) {
      throw new IllegalArgumentException("epoch " + epoch + "; allowed: at least 0");
    }
    this.images = images;
    this.labels = labels;
    this.split = split;
    this.indices = indices;
    this.epoch = epoch;
    this.targets = targets;
  }

  /**
   * Makes a batch of images that are of no dataset, for tests and measurements: as if they were the
   * first ones of the training images, in epoch 1.
   *
   * @param images float32, dense, c order, shape [size, channels, height, width]
   * @param labels the class of each image, counted from 0
   */
  public Batch(INDArray images, int[] labels) {
    this(images, labels, Split.TRAIN, firstIndices(labels.length), 1);
  }

  /**
   * Returns these images with targets beside their labels; nothing is copied.
   *
   * @param soft float32, dense, c order, [size, classes]; each row at least 0, of sum 1
   */
  public Batch withTargets(INDArray soft) {
    if (soft.rank() != 2 || soft.size(0) != size()) {
      throw new IllegalArgumentException(
          "targets of shape " + Arrays.toString(soft.shape()) + " for " + size() + " images");
    }
    return new Batch(images, labels, split, indices, epoch, soft);
  }

  private static int[] firstIndices(int size) {
    int[] indices = new int[size];
    for (int index = 0; index < size; index++) {
      indices[index] = index;
    }
    return indices;
  }

  /** Returns the images: float32, dense, c order, shape [size, channels, height, width]. */
  public INDArray images() {
    return images;
  }

  /** Returns the class of each image, counted from 0; not to be written. */
  public int[] labels() {
    return labels;
  }

  /**
   * Returns the probabilities of the classes that each image is trained towards: float32, dense, c
   * order, [size, classes], not to be written; null where its label has them all. Only the loss of
   * {@link org.roundel.api.model.Model#computeGradients} is made of them, and that of models only
   * that take targets.
   */
  public @Nullable INDArray targets() {
    return targets;
  }

  /** Returns which part of the dataset the images are of. */
  public Split split() {
    return split;
  }

  /** Returns the index of each image in its split; not to be written. */
  public int[] indices() {
    return indices;
  }

  /** Returns the epoch that training images are augmented for, counted from 1; 0 outside of all. */
  public int epoch() {
    return epoch;
  }

  /** Returns the number of images. */
  public int size() {
    return labels.length;
  }
}
