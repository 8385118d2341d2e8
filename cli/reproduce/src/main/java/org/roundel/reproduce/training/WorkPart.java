package org.roundel.reproduce.training;

/**
 * Every count-th training, beginning with the index-th: how machines without a common disk share an
 * experiment.
 *
 * @param index from 1
 * @param count how many parts there are
 */
public record WorkPart(int index, int count) {
  /** The whole. */
  public static final WorkPart ALL = new WorkPart(1, 1);

  /** Checks the numbers. */
  public WorkPart {
    if (count < 1 || index < 1 || index > count) {
      throw new IllegalArgumentException("part " + index + "/" + count);
    }
  }

  /** Returns whether the training of this number, counted from 1, is in the part. */
  boolean has(int number) {
    return (number - index) % count == 0;
  }
}
