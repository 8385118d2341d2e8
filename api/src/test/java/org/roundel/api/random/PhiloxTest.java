package org.roundel.api.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhiloxTest {
  /**
   * The known answers for philox4x32 with 10 rounds that Random123, its authors' library, publishes
   * (file kat_vectors).
   */
  @ParameterizedTest
  @CsvSource({
    "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
    "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1"
  })
  void givesThePublishedAnswers(String counter, String key, String expected) {
    int[] counters = words(counter);
    int[] keys = words(key);
    int[] result = new int[4];

    Philox.blocks(counters[0], counters[1], counters[2], counters[3], keys[0], keys[1], result, 1);

    assertThat(result).containsExactly(words(expected));
  }

  private static int[] words(String hex) {
    String[] parts = hex.strip().split(" ", -1);
    int[] words = new int[parts.length];
    for (int index = 0; index < words.length; index++) {
      words[index] = Integer.parseUnsignedInt(parts[index], 16);
    }
    return words;
  }
}
