package org.roundel.onednn.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArenaPlanTest {
  private record Life(Region region, int first, int last) {
    boolean overlaps(Life other) {
      return first <= other.last && other.first <= last;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void regionsThatLiveTogetherDoNotOverlap(long seed) {
    Random random = new Random(seed);
    List<Life> lives = new ArrayList<>();
    long sum = 0;
    for (int index = 0; index < 150; index++) {
      int first = random.nextInt(100);
      int last = first + random.nextInt(1 + random.nextInt(30));
      Region region = new Region(1 + random.nextInt(random.nextBoolean() ? 100 : 10_000));
      region.touch(last);
      region.touch(first);
      lives.add(new Life(region, first, last));
      sum += region.size() + ArenaPlan.ALIGNMENT;
    }
    long total = ArenaPlan.place(lives.stream().map(Life::region).toList());
    for (Life one : lives) {
      assertThat(one.region().offset()).isNotNegative();
      assertThat(one.region().offset() % ArenaPlan.ALIGNMENT).isZero();
      assertThat(one.region().end()).isLessThanOrEqualTo(total);
      for (Life other : lives) {
        if (!one.equals(other) && one.overlaps(other)) {
          assertThat(
                  one.region().end() <= other.region().offset()
                      || other.region().end() <= one.region().offset())
              .as("seed %d: %s and %s", seed, one, other)
              .isTrue();
        }
      }
    }
    // At least what lives at one time; places are shared, so it is far from the sum.
    assertThat(total).isGreaterThanOrEqualTo(most(lives)).isLessThan(sum / 2);
  }

  private static long most(List<Life> lives) {
    long most = 0;
    for (int step = 0; step < 130; step++) {
      long now = 0;
      for (Life life : lives) {
        if (life.first() <= step && step <= life.last()) {
          now += life.region().size();
        }
      }
      most = Math.max(most, now);
    }
    return most;
  }

  @Test
  void neighboursInTimeShareAPlaceOnlyIfOneEndsBeforeTheOtherStarts() {
    Region first = region(64, 0, 1);
    Region next = region(64, 2, 3);
    Region across = region(64, 1, 2);
    assertThat(ArenaPlan.place(List.of(first, next, across))).isEqualTo(128);
    assertThat(first.offset()).isEqualTo(next.offset());
    assertThat(across.offset()).isNotEqualTo(first.offset());
  }

  @Test
  void whatIsNeverUsedGetsNoPlace() {
    assertThat(ArenaPlan.place(List.of(new Region(1000)))).isZero();
    assertThat(ArenaPlan.place(List.of())).isZero();
  }

  private static Region region(long size, int first, int last) {
    Region region = new Region(size);
    region.touch(first);
    region.touch(last);
    return region;
  }
}
