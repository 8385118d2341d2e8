package org.roundel.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlocksTest {
  /** As few gradients travel as can without that somebody computes longer. */
  @ParameterizedTest
  @CsvSource({
    "16, 1, 16",
    "16, 2, 8",
    "16, 3, 2",
    "16, 4, 4",
    "16, 16, 1",
    "16, 99, 1",
    "1, 3, 1",
    "10, 1, 16",
    "10, 2, 1",
    "10, 3, 4",
    "7, 2, 4",
    "2, 2, 1"
  })
  void areTheLargestOfThoseThatAreDoneSoonest(int parts, int workers, int size) {
    assertThat(Blocks.size(parts, workers)).isEqualTo(size);
  }

  @ParameterizedTest
  @CsvSource({"16, 8, 2", "10, 4, 3", "10, 16, 1", "1, 1, 1"})
  void areAsManyAsHoldAllParts(int parts, int size, int count) {
    assertThat(Blocks.count(parts, size)).isEqualTo(count);
  }
}
