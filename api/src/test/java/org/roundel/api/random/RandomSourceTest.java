package org.roundel.api.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomSourceTest {
  private static final long SEED = 20171204;
  private static final int DRAWS = 1_000_000;

  private final RandomSource random = RandomSource.of(SEED, RandomPurpose.QUANTIZE, 3).forTensor(5);

  @Test
  void aValueDoesNotDependOnTheOrderOfDraws() {
    double[] forwards = new double[1000];
    for (int element = 0; element < forwards.length; element++) {
      forwards[element] = random.uniform(element);
    }
    RandomSource other = random.copy();
    for (int element = forwards.length - 1; element >= 0; element--) {
      assertThat(other.uniform(element)).isEqualTo(forwards[element]);
    }
  }

  @Test
  void fillingAnArrayGivesTheNumbersOfTheSingleElements() {
    for (long first : new long[] {0, 4, 4096, (1L << 34) - 12}) {
      for (int length = 0; length <= 12; length++) {
        int[] bits = new int[12];
        random.bits(first, bits, length);
        for (int index = 0; index < length; index++) {
          long element = first + index;
          assertThat(bits[index]).isEqualTo(random.copy().bits(element));
          assertThat(RandomSource.uniformFromBits(bits[index])).isEqualTo(random.uniform(element));
          assertThat(RandomSource.belowFromBits(9, bits[index]))
              .isEqualTo(random.below(9, element));
        }
      }
    }
  }

  @Test
  void aShardsSourceIsAFunctionOfTheSourceAndTheShard() {
    Set<Integer> firsts = new HashSet<>();
    firsts.add(random.bits(0));
    for (int shard = 0; shard < 64; shard++) {
      RandomSource shardsOwn = random.forShard(shard);
      assertThat(shardsOwn.bits(9)).isEqualTo(random.copy().forShard(shard).bits(9));
      assertThat(shardsOwn.bits(9))
          .as("whether tensor or shard is said first")
          .isEqualTo(
              RandomSource.of(SEED, RandomPurpose.QUANTIZE, 3)
                  .forShard(shard)
                  .forTensor(5)
                  .bits(9));
      firsts.add(shardsOwn.bits(0));
    }
    assertThat(firsts).as("streams of their own").hasSize(65);
    assertThatThrownBy(() -> random.forShard(-1)).hasMessage("shard -1; allowed: at least 0");
  }

  @Test
  void aSourceThatWasWrittenDownGivesTheSameNumbers() {
    assertThat(random).hasToString("20171204/quantize/3/5");
    for (RandomSource source :
        List.of(
            random,
            random.forShard(7),
            RandomSource.of(Long.MIN_VALUE, RandomPurpose.STATISTICS, Long.MAX_VALUE)
                .forTensor((1 << 24) - 1))) {
      RandomSource read = RandomSource.parse(source.toString());
      for (long element : new long[] {0, 1, 6, (1L << 34) - 1}) {
        assertThat(read.bits(element)).isEqualTo(source.bits(element));
      }
      assertThat(read.normal(3)).isEqualTo(source.normal(3));
      assertThat(read).hasToString(source.toString());
    }
    for (String wrong :
        List.of("", "1/model/2", "1/model/2/3/4", "1/nothing/2/3", "1/model/-2/3", "1/model/2/x")) {
      assertThatThrownBy(() -> RandomSource.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void seedPurposeStepAndTensorEachGiveAStreamOfTheirOwn() {
    Set<Long> pairs = new HashSet<>();
    int streams = 0;
    for (long seed : new long[] {0, 1, -1, 1L << 32}) {
      for (RandomPurpose purpose : RandomPurpose.values()) {
        for (long step : new long[] {0, 1, 1L << 32}) {
          for (int tensor : new int[] {0, 1, (1 << 24) - 1}) {
            RandomSource stream = RandomSource.of(seed, purpose, step).forTensor(tensor);
            pairs.add((long) stream.bits(0) << 32 | (stream.bits(1) & 0xFFFFFFFFL));
            streams++;
          }
        }
      }
    }
    assertThat(pairs).hasSize(streams);
  }

  @Test
  void uniformHasTheMeanAndVarianceOfTheUniformLaw() {
    double sum = 0;
    double squares = 0;
    for (int element = 0; element < DRAWS; element++) {
      double value = random.uniform(element);
      assertThat(value >= 0 && value < 1).isTrue();
      sum += value;
      squares += (value - 0.5) * (value - 0.5);
    }
    // Five standard errors: the variance of u is 1/12, that of (u-1/2)^2 is 1/80 - 1/144 = 1/180.
    assertThat(sum / DRAWS)
        .as("seed " + SEED)
        .isCloseTo(0.5, within(5 * Math.sqrt(1 / 12.0 / DRAWS)));
    assertThat(squares / DRAWS)
        .as("seed " + SEED)
        .isCloseTo(1 / 12.0, within(5 * Math.sqrt(1 / 180.0 / DRAWS)));
  }

  @Test
  void normalHasTheMomentsOfTheNormalLaw() {
    double sum = 0;
    double squares = 0;
    double fourths = 0;
    for (int element = 0; element < DRAWS; element++) {
      double value = random.normal(element);
      sum += value;
      squares += value * value;
      fourths += value * value * value * value;
    }
    // Five standard errors: the variances of z, z^2 and z^4 are 1, 2 and 105 - 9 = 96.
    assertThat(sum / DRAWS).as("seed " + SEED).isCloseTo(0, within(5 / Math.sqrt(DRAWS)));
    assertThat(squares / DRAWS).as("seed " + SEED).isCloseTo(1, within(5 * Math.sqrt(2.0 / DRAWS)));
    assertThat(fourths / DRAWS)
        .as("seed " + SEED)
        .isCloseTo(3, within(5 * Math.sqrt(96.0 / DRAWS)));
  }

  @Test
  void normalDoesNotDisturbTheUniformNumbers() {
    double before = random.uniform(7);
    random.normal(1);
    assertThat(random.uniform(7)).isEqualTo(before);
    assertThat(random.uniform(6)).isEqualTo(random.copy().uniform(6));
  }

  @Test
  void belowGivesEveryValueEquallyOften() {
    int bound = 7;
    int[] counts = new int[bound];
    for (int element = 0; element < DRAWS; element++) {
      counts[random.below(bound, element)]++;
    }
    double expected = (double) DRAWS / bound;
    // Six standard errors of a binomial count.
    for (int count : counts) {
      assertThat((double) count)
          .as("seed " + SEED)
          .isCloseTo(expected, within(6 * Math.sqrt(expected * (1 - 1.0 / bound))));
    }
  }

  @Test
  void refusesWhatItCannotCount() {
    assertThatThrownBy(() -> random.below(0, 0)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> random.bits(-1)).hasMessageContaining("beyond the range");
    assertThatThrownBy(() -> random.bits(1L << 34)).hasMessageContaining("beyond the range");
    assertThatThrownBy(() -> random.bits(2, new int[8], 4)).hasMessageContaining("multiple of 4");
    assertThatThrownBy(() -> random.bits(0, new int[7], 7)).hasMessageContaining("multiple of 4");
    assertThatThrownBy(() -> random.bits((1L << 34) - 4, new int[8], 5))
        .hasMessageContaining("beyond the range");
    assertThatThrownBy(() -> random.forTensor(1 << 24)).hasMessageContaining("2^24");
  }
}
