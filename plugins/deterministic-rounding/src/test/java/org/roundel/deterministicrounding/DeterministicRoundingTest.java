package org.roundel.deterministicrounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.quantizer.Grid;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.kit.probe.GuardedTensor;

class DeterministicRoundingTest {
  private static final long SEED = 1706;
  private static final int SIZE = 100_000;

  private final Grid quarters = Grid.fixedPoint(0.25, -1, 1);

  @Test
  void neverMovesWhereEveryStepIsLessThanHalfOfDelta() {
    DeterministicRounding quantizer = new DeterministicRounding(quarters);
    GuardedTensor weights = GuardedTensor.of(new float[SIZE], 100, 1000);
    quantizer.initialize(weights.tensor(), context(RandomPurpose.INITIALIZE, 0));
    float[] start = weights.values();

    float[] tentative = start.clone();
    RandomSource random = RandomSource.of(SEED, RandomPurpose.MODEL, 0);
    for (int index = 0; index < SIZE; index++) {
      tentative[index] -= (float) ((2 * random.uniform(index) - 1) * 0.1249);
    }

    assertThat(rounded(quantizer, tentative)).as("seed %d", SEED).isEqualTo(start);
  }

  @Test
  void movesByDeltaWhereTheStepIsMoreThanHalfOfDelta() {
    DeterministicRounding quantizer = new DeterministicRounding(quarters);
    assertThat(rounded(quantizer, 0.5f - 0.126f, 0.5f + 0.126f, -1f - 0.2f))
        .containsExactly(0.25f, 0.75f, -1f);
  }

  @Test
  void halfWayGoesAwayFromZeroAndZeroCountsAsPositiveOnTheBinaryGrid() {
    assertThat(rounded(new DeterministicRounding(quarters), 0.125f, -0.125f, -0f))
        .containsExactly(0.25f, -0.25f, 0f);
    assertThat(rounded(new DeterministicRounding(Grid.binary(0.5)), 0f, -0f, -1e-30f))
        .containsExactly(0.5f, 0.5f, -0.5f);
  }

  @Test
  void aSignFlipsOnlyWhereStepTimesWeightExceedsOne() {
    DeterministicRounding quantizer = new DeterministicRounding(Grid.binary(1));
    for (float weight : new float[] {-1, 1}) {
      for (double step : new double[] {-3, -1.001, -0.999, -0.01, 0, 0.01, 0.999, 1.001, 3}) {
        boolean flips = rounded(quantizer, (float) (weight - step))[0] != weight;
        assertThat(flips).as("weight %s, step %s", weight, step).isEqualTo(step * weight > 1);
      }
    }
  }

  @Test
  void startsFromEveryValueOfTheGridAlike() {
    GuardedTensor weights = GuardedTensor.of(new float[SIZE], SIZE, 1);
    new DeterministicRounding(quarters)
        .initialize(weights.tensor(), context(RandomPurpose.INITIALIZE, 0));
    float[] levels = quarters.levels();
    int[] counts = new int[levels.length];
    for (float weight : weights.values()) {
      counts[Arrays.binarySearch(levels, weight)]++;
    }
    double share = 1.0 / levels.length;
    double standardError = Math.sqrt(share * (1 - share) / SIZE);
    for (int count : counts) {
      assertThat((double) count / SIZE)
          .as("seed %d", SEED)
          .isCloseTo(share, within(5 * standardError));
    }
  }

  private static float[] rounded(DeterministicRounding quantizer, float... tentative) {
    GuardedTensor weights = GuardedTensor.of(tentative, tentative.length, 1);
    quantizer.afterUpdate(weights.tensor(), context(RandomPurpose.QUANTIZE, 1));
    return weights.values();
  }

  private static QuantizationContext context(RandomPurpose purpose, long step) {
    return QuantizationContext.of(
        "conv/weight",
        ParameterRole.CONVOLUTION_WEIGHT,
        step,
        RandomSource.of(SEED, purpose, step));
  }
}
