package org.roundel.api.dataset;

import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

/**
 * What a training image is augmented by. An image is augmented alike whenever it is read with the
 * same one.
 *
 * @param epoch the epoch, counted from 1; 0 for the images that running statistics are estimated
 *     with
 * @param random random numbers that are a function of seed, epoch and index
 * @param ofImage random numbers that are a function of seed and index, the same in every epoch: for
 *     what is to go round over the epochs, such as mirroring in every second one. Independent of
 *     {@code random}
 */
public record Augmentation(int epoch, RandomSource random, RandomSource ofImage) {
  /** A step that no epoch is. */
  private static final long ALL_EPOCHS = 1L << 32;

  /**
   * Returns the augmentation of an image in an epoch of a run.
   *
   * @param seed the run's
   * @param epoch at least 0
   * @param index of the image, in [0, 2^24)
   */
  public static Augmentation of(long seed, int epoch, int index) {
    return new Augmentation(
        epoch,
        RandomSource.of(seed, RandomPurpose.AUGMENT, epoch).forTensor(index),
        RandomSource.of(seed, RandomPurpose.AUGMENT, ALL_EPOCHS).forTensor(index));
  }

  /** Returns the augmentation of another image in the same epoch of the same run. */
  public Augmentation forImage(int index) {
    return new Augmentation(epoch, random.forTensor(index), ofImage.forTensor(index));
  }
}
