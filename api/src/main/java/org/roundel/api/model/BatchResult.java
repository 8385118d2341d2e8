package org.roundel.api.model;

/**
 * What a model found on one batch.
 *
 * @param loss the mean loss over the batch; not finite if training has diverged
 * @param wrong how many images were not given their own class, 0 to {@code size}
 * @param size how many images the batch had
 */
public record BatchResult(double loss, int wrong, int size) {
  /** Checks the ranges. */
  public BatchResult {
    if (size < 1 || wrong < 0 || wrong > size) {
      throw new IllegalArgumentException(wrong + " wrong of " + size);
    }
  }
}
