package org.roundel.core.shard;

/**
 * How the parts of a batch are dealt out: in aligned blocks of 2^k, whose sums are nodes of the
 * tree in which gradients are added. So the bytes do not depend on the size of the blocks.
 */
final class Blocks {
  private Blocks() {}

  /**
   * Returns the size of the blocks: the largest one among those with which the workers are done
   * soonest, if all are equally fast.
   *
   * @param parts how many there are, at least 1
   * @param workers how many compute at the same time, at least 1
   */
  static int size(int parts, int workers) {
    int best = 1;
    for (int size = 2; size < 2 * parts; size *= 2) {
      if (time(parts, workers, size) <= time(parts, workers, best)) {
        best = size;
      }
    }
    return best;
  }

  /** Returns how many parts one worker computes, at most, if each takes block after block. */
  private static int time(int parts, int workers, int size) {
    int rounds = (count(parts, size) + workers - 1) / workers;
    return Math.min(parts, rounds * size);
  }

  /** Returns how many blocks there are. */
  static int count(int parts, int size) {
    return (parts + size - 1) / size;
  }
}
