package org.roundel.api.dataset;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.roundel.api.model.InputShape;
import org.roundel.api.net.PixelScaling;

/**
 * Labelled images, read by index.
 *
 * <p>The training loop chooses the order, builds the batches and reads ahead, so a dataset only has
 * to know its images. {@link #read} is called from several threads at a time, each with the
 * plugin's class loader as its context class loader, and may not depend on the order of calls. How
 * many threads there are, the training loop decides: one, and more where steps had to wait for
 * their images. So arrays to work in are a thread's own, or a call's.
 */
public interface Dataset extends AutoCloseable {
  /** Returns the shape of every image that {@link #read} delivers. */
  InputShape inputShape();

  /** Returns the names of the classes; a label is a position in this list. At least 2. */
  List<String> classNames();

  /** Returns how many images a split has, at least 1. */
  int size(Split split);

  /**
   * Reads one image, transformed and normalised.
   *
   * @param index 0 to {@code size(split)} − 1
   * @param augmentation what a training image is augmented by, where the dataset does that: the
   *     only source of random numbers. Null for an image, of either split, that is to be
   *     transformed as test images are; test images are never read with another
   * @param image written from position 0, {@code inputShape().length()} values in the order
   *     channel, row, column
   * @return the label
   * @throws IOException if a file cannot be read
   * @throws org.roundel.api.InvalidInputException if a file's content is at fault; the message
   *     names the file
   */
  int read(Split split, int index, @Nullable Augmentation augmentation, FloatBuffer image)
      throws IOException;

  /**
   * Returns a SHA-256 in lower-case hex over the data, by which a run's record tells whether
   * another run had the same images.
   */
  String fingerprint();

  /**
   * Returns what somebody who trains on these data should know, one line each: that their content
   * is not the published one, for example. Told when a run starts, and recorded with it.
   */
  default List<String> notices() {
    return List.of();
  }

  /**
   * Returns what {@link #read} does to the pixels of test images, for whoever runs a trained net on
   * images of his own; empty if it is not a mean and a deviation of each channel. It travels with
   * exported nets.
   */
  default Optional<PixelScaling> pixelScaling() {
    return Optional.empty();
  }

  /** Frees what the dataset holds, when no image is being read. A second call does nothing. */
  @Override
  void close();
}
