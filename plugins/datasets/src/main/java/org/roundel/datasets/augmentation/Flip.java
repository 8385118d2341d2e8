package org.roundel.datasets.augmentation;

import org.roundel.api.dataset.Augmentation;

/** Which training images are mirrored left to right. */
public enum Flip {
  /** None. */
  NONE,

  /** Each with probability ½, anew in every epoch. */
  RANDOM,

  /**
   * Each in every second epoch: in the odd ones or in the even ones, with probability ½. So any two
   * epochs in a row show each image once as it is and once mirrored, where with {@link #RANDOM}
   * half of the images come the same way twice.
   *
   * <p>Source: Keller Jordan, <em>94% on CIFAR-10 in 3.29 Seconds on a Single GPU</em>, 2024.
   */
  ALTERNATING;

  /**
   * Returns whether an image is mirrored.
   *
   * @param element of the augmentation's random numbers, the only one that is read
   */
  public boolean mirrors(Augmentation augmentation, long element) {
    return switch (this) {
      case NONE -> false;
      case RANDOM -> augmentation.random().bits(element) < 0;
      case ALTERNATING -> {
        boolean inOddEpochs = augmentation.ofImage().bits(element) < 0;
        yield inOddEpochs == (augmentation.epoch() % 2 == 1);
      }
    };
  }
}
