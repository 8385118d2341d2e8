package org.roundel.api.random;

/**
 * What random numbers are used for. Each purpose has a stream of its own, so turning one use on
 * does not shift another's numbers.
 */
public enum RandomPurpose {
  /** A model's or quantizer's initial weights. */
  INITIALIZE(1),
  /** The order of the training images in an epoch. */
  SHUFFLE(2),
  /** Augmentation of training images. */
  AUGMENT(3),
  /** A quantizer's rounding. */
  QUANTIZE(4),
  /** Noise inside a net, such as dropout. */
  MODEL(5),
  /** The same while running statistics are estimated anew. */
  STATISTICS(6);

  private final int code;

  RandomPurpose(int code) {
    this.code = code;
  }

  /**
   * Returns the number that stands for this purpose in the generator's counter; it never changes.
   */
  int code() {
    return code;
  }
}
