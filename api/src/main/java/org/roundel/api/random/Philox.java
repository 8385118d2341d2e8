package org.roundel.api.random;

/**
 * The counter-based generator Philox 4x32-10: a block cipher in ten rounds that turns a 128-bit
 * counter and a 64-bit key into four 32-bit words.
 *
 * <p>Source: John Salmon, Mark Moraes, Ron Dror, David Shaw, <em>Parallel Random Numbers: As Easy
 * as 1, 2, 3</em>, SC 2011. Not for cryptography.
 */
final class Philox {
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final long WEYL_0 = 0x9E3779B9L;
  private static final long WEYL_1 = 0xBB67AE85L;
  private static final int ROUNDS = 10;
  private static final long WORD = 0xFFFFFFFFL;

  private Philox() {}

  /**
   * Computes the blocks of {@code count} counters that follow each other under a key (two words),
   * into {@code result[0 .. 4 count)}.
   *
   * @param counter0 word 0 of the first counter; it grows by 1 from block to block, and the other
   *     words stay
   */
  static void blocks(
      int counter0,
      int counter1,
      int counter2,
      int counter3,
      int key0,
      int key1,
      int[] result,
      int count) {
    for (int block = 0; block < count; block++) {
      // Words are kept in longs with the upper half zero: the products need them so.
      long word0 = (counter0 + block) & WORD;
      long word1 = counter1 & WORD;
      long word2 = counter2 & WORD;
      long word3 = counter3 & WORD;
      long round0 = key0 & WORD;
      long round1 = key1 & WORD;
      for (int round = 0; round < ROUNDS; round++) {
        long product0 = MULTIPLIER_0 * word0;
        long product1 = MULTIPLIER_1 * word2;
        word0 = (product1 >>> 32) ^ word1 ^ round0;
        word1 = product1 & WORD;
        word2 = (product0 >>> 32) ^ word3 ^ round1;
        word3 = product0 & WORD;
        round0 = (round0 + WEYL_0) & WORD;
        round1 = (round1 + WEYL_1) & WORD;
      }
      result[4 * block] = (int) word0;
      result[4 * block + 1] = (int) word1;
      result[4 * block + 2] = (int) word2;
      result[4 * block + 3] = (int) word3;
    }
  }
}
