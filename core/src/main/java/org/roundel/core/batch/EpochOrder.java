package org.roundel.core.batch;

import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

/**
 * The order of a training epoch's images: a permutation that is a function of seed and epoch
 * (Fisher–Yates).
 */
final class EpochOrder {
  private EpochOrder() {}

  /**
   * Returns the numbers 0 to {@code size} − 1 in the order of an epoch, counted from 1, or of
   * another step that is no epoch's.
   */
  static int[] shuffled(long seed, long epoch, int size) {
    RandomSource random = RandomSource.of(seed, RandomPurpose.SHUFFLE, epoch);
    int[] order = inOrder(size);
    for (int last = size - 1; last > 0; last--) {
      int other = random.below(last + 1, last);
      int swapped = order[last];
      order[last] = order[other];
      order[other] = swapped;
    }
    return order;
  }

  /** Returns 0 to {@code size} − 1. */
  static int[] inOrder(int size) {
    int[] order = new int[size];
    for (int index = 0; index < size; index++) {
      order[index] = index;
    }
    return order;
  }
}
