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
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final int ROUNDS = 10;

  private Philox() {}

  /**
   * Computes the block of a counter (words 0 to 3) under a key (two words), into {@code
   * result[0..3]}.
   */
  static void block(
      int counter0, int counter1, int counter2, int counter3, int key0, int key1, int[] result) {
    int word0 = counter0;
    int word1 = counter1;
    int word2 = counter2;
    int word3 = counter3;
    int round0 = key0;
    int round1 = key1;
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * (word0 & 0xFFFFFFFFL);
      long product1 = MULTIPLIER_1 * (word2 & 0xFFFFFFFFL);
      word0 = (int) (product1 >>> 32) ^ word1 ^ round0;
      word1 = (int) product1;
      word2 = (int) (product0 >>> 32) ^ word3 ^ round1;
      word3 = (int) product0;
      round0 += WEYL_0;
      round1 += WEYL_1;
    }
    result[0] = word0;
    result[1] = word1;
    result[2] = word2;
    result[3] = word3;
  }
}
