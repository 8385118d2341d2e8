package org.roundel.reproduce.theory.convex;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

class RandomStreamTest {
  private static final long SEED = 20_170;

  @Test
  void wordsAreTheSourcesOwn() {
    RandomStream stream = stream();
    RandomSource source = RandomSource.of(SEED, RandomPurpose.MODEL, 0);
    for (long element = 0; element < 5_000; element++) {
      assertThat(stream.nextBits()).as("element %d", element).isEqualTo(source.bits(element));
    }
  }

  @Test
  void uniformNumbersAreInsideTheUnitIntervalAndUniform() {
    RandomStream stream = stream();
    int count = 1_000_000;
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double value = stream.nextUniform();
      assertThat(value).isGreaterThan(0).isLessThan(1);
      sum += value;
    }
    // The standard error of the mean is sqrt(1/12/n); five of them.
    assertThat(Math.abs(sum / count - 0.5)).as("seed %d", SEED).isLessThan(5 * 0.2887e-3);
  }

  /**
   * Counts in 42 bins against the normal law's integral by Simpson's rule. The statistic is chi
   * square with 41 degrees of freedom: mean 41, standard deviation sqrt(82) = 9.06; six of them.
   */
  @Test
  void normalNumbersFollowTheNormalLaw() {
    RandomStream stream = stream();
    int count = 2_000_000;
    int half = 20;
    double width = 0.2;
    long[] counts = new long[2 * half + 2];
    for (int i = 0; i < count; i++) {
      double value = stream.nextNormal();
      int bin = (int) Math.floor(value / width) + half + 1;
      counts[Math.max(0, Math.min(counts.length - 1, bin))]++;
    }
    double statistic = 0;
    for (int bin = 0; bin < counts.length; bin++) {
      double low = bin == 0 ? -12 : (bin - half - 1) * width;
      double high = bin == counts.length - 1 ? 12 : (bin - half) * width;
      double expected = count * integral(low, high);
      statistic += (counts[bin] - expected) * (counts[bin] - expected) / expected;
    }
    assertThat(statistic).as("seed %d", SEED).isLessThan(41 + 6 * 9.06);
  }

  /** Beyond where the ziggurat's layers end, numbers come from another method. */
  @Test
  void theTailIsAsLikelyAsTheLawSaysOnBothSides() {
    RandomStream stream = stream();
    int count = 4_000_000;
    int left = 0;
    int right = 0;
    int beyondFour = 0;
    for (int i = 0; i < count; i++) {
      double value = stream.nextNormal();
      left += value < -3.442619855899 ? 1 : 0;
      right += value > 3.442619855899 ? 1 : 0;
      beyondFour += Math.abs(value) > 4 ? 1 : 0;
    }
    // Counts are binomial with a small probability: the variance is the mean. Five errors.
    double side = count * integral(3.442619855899, 12);
    assertThat(Math.abs(left - side)).as("seed %d", SEED).isLessThan(5 * Math.sqrt(side));
    assertThat(Math.abs(right - side)).as("seed %d", SEED).isLessThan(5 * Math.sqrt(side));
    double far = 2 * count * integral(4, 12);
    assertThat(Math.abs(beyondFour - far)).as("seed %d", SEED).isLessThan(5 * Math.sqrt(far));
  }

  private static RandomStream stream() {
    return new RandomStream(RandomSource.of(SEED, RandomPurpose.MODEL, 0));
  }

  private static double integral(double low, double high) {
    int pieces = 2_000;
    double width = (high - low) / pieces;
    double sum = density(low) + density(high);
    for (int i = 1; i < pieces; i++) {
      sum += (i % 2 == 0 ? 2 : 4) * density(low + i * width);
    }
    return sum * width / 3;
  }

  private static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }
}
