package org.roundel.swalp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.Tensors;
import org.roundel.api.model.ParameterPlace;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.quantizer.Grid;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.api.training.Moment;
import org.roundel.api.training.StateArrays;
import org.roundel.kit.probe.GuardedTensor;

class SwalpTest {
  private static final long SEED = 1904;

  private final Grid grid = Grid.fixedPoint(0.25, -1, 1);

  /** The mean of 3,000 iterates against one in double; float32 keeps it to a few half units. */
  @Test
  void theAverageIsTheMeanOfTheIteratesOnTheGrid() {
    Run run = new Run(new Swalp(grid, null, 1, 0), 50);
    double[] sums = new double[50];
    int updates = 3000;
    for (int step = 1; step <= updates; step++) {
      float[] rounded = run.update(step, 0, uniform(50, step));
      for (int index = 0; index < 50; index++) {
        assertThat(Arrays.binarySearch(grid.levels(), rounded[index])).isNotNegative();
        sums[index] += rounded[index];
      }
    }
    float[] shipped = run.quantized(true);
    for (int index = 0; index < 50; index++) {
      assertThat((double) shipped[index])
          .as("seed %d", SEED)
          .isCloseTo(sums[index] / updates, within(1e-5));
    }
    assertThat(run.count()).isEqualTo(updates);
  }

  @Test
  void aConstantIterateIsItsOwnAverageHoweverLong() {
    Run run = new Run(new Swalp(Grid.fixedPoint(0.1, -1, 1), null, 1, 0), 3);
    float[] constant = {0.3f, -0.7f, 0f};
    for (int step = 1; step <= 5000; step++) {
      run.update(step, 0, constant);
    }
    assertThat(run.quantized(true)).containsExactly(run.quantized(false));
  }

  /**
   * Low-precision descent on (w − 0.1)²/2: no value of the grid is the minimum, but the average of
   * the iterates is. Their stationary law spreads over a few values; with autocorrelation over
   * about 1/rate updates the mean of n has a standard error of at most Δ·√(2/(n·rate)).
   */
  @Test
  void theAverageFindsAMinimumBetweenTheValuesOfTheGrid() {
    Run run = new Run(new Swalp(grid, null, 1, 0.1), 1);
    int updates = 40_000;
    double rate = 0.05;
    for (int step = 1; step <= updates; step++) {
      float iterate = run.quantized(false)[0];
      run.update(step, (step - 1.0) / updates, (float) (iterate - rate * (iterate - 0.1)));
    }
    double standardError = 0.25 * Math.sqrt(2 / (0.9 * updates * rate));
    assertThat((double) run.quantized(true)[0])
        .as("seed %d", SEED)
        .isCloseTo(0.1, within(5 * standardError));
  }

  @Test
  void averagesEveryCycleFromItsShareOfTheRunOn() {
    Run run = new Run(new Swalp(grid, null, 3, 0.5), 1);
    float[] iterates = {0.25f, 0.5f, 0.75f, 1f, -0.25f, -0.5f, -0.75f, -1f, 0f, 0.25f, 0.5f, 1f};
    for (int step = 1; step <= 12; step++) {
      run.update(step, (step - 1) / 12.0, iterates[step - 1]);
      if (step < 9) {
        assertThat(run.quantized(true)).as("no average yet").containsExactly(iterates[step - 1]);
        assertThat(run.count()).isZero();
      } else if (step < 12) {
        assertThat(run.quantized(true)).as("that of update 9").containsExactly(iterates[8]);
      }
    }
    // Updates 9 and 12: update 6 comes before half of the run is over.
    assertThat(run.count()).isEqualTo(2);
    assertThat(run.quantized(true)).containsExactly((0f + 1f) / 2);
    assertThat(run.quantized(false)).as("trained with").containsExactly(1f);
  }

  @Test
  void weightsFromElsewhereAreRoundedButNotAveraged() {
    Run run = new Run(new Swalp(grid, null, 1, 0), 2);
    float[] rounded = run.update(0, 0, 0.3f, -0.9f);
    assertThat(rounded[0]).isIn(0.25f, 0.5f);
    assertThat(rounded[1]).isIn(-1f, -0.75f);
    assertThat(run.count()).isZero();
  }

  @Test
  void theShippedWeightsAreRoundedToTheAveragesOwnStep() {
    Grid shipped = Grid.fixedPoint(0.125, -1, 1);
    Run run = new Run(new Swalp(grid, shipped, 1, 0), 3);
    run.update(1, 0, 0.25f, -1f, 0f);
    run.update(2, 0, 0.5f, -1f, -0.25f);
    run.update(3, 0, 0.5f, -0.75f, 0f);
    // Means 0.4167, −0.9167 and −0.0833, and none of them is halfway.
    assertThat(run.quantized(true)).containsExactly(0.375f, -0.875f, -0.125f);
    assertThat(new Swalp(grid, shipped, 1, 0).distinctValues()).isEqualTo(17);
    assertThat(new Swalp(grid, null, 1, 0).distinctValues()).isZero();
  }

  @Test
  void nanStaysNan() {
    Run run = new Run(new Swalp(grid, Grid.fixedPoint(0.125, -1, 1), 1, 0), 2);
    run.update(1, 0, Float.NaN, Float.POSITIVE_INFINITY);
    assertThat(run.quantized(true)).containsExactly(Float.NaN, 1f);
    assertThat(run.quantized(false)).containsExactly(Float.NaN, 1f);
  }

  @Test
  void startsFromTheNetsOwnWeightsRounded() {
    float[] own = new float[40_000];
    Arrays.fill(own, 0.1f);
    GuardedTensor weights = GuardedTensor.of(own, own.length, 1);
    Run run = new Run(new Swalp(grid, null, 1, 0), own.length);
    run.quantizer.initialize(weights.tensor(), run.context(0, 0, false));
    double sum = 0;
    for (float weight : weights.values()) {
      assertThat(weight).isIn(0f, 0.25f);
      sum += weight;
    }
    double standardError = 0.25 * Math.sqrt(0.4 * 0.6 / own.length);
    assertThat(sum / own.length).as("seed %d", SEED).isCloseTo(0.1, within(5 * standardError));
  }

  @Test
  void anAverageDeltaThatDoesNotFitTheGridIsRefused() {
    SwalpFactory factory = new SwalpFactory();
    Options options = Options.of(factory.options(), Map.of("average-delta", "0.4"));
    assertThatThrownBy(() -> factory.create(options))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "option 'average-delta' is 0.4, which does not fit the range of the training grid: a"
                + " grid's minimum is -1.0; allowed: a multiple of delta, which is 0.4");
  }

  private static float[] uniform(int length, int step) {
    RandomSource random = RandomSource.of(SEED, RandomPurpose.MODEL, step);
    float[] values = new float[length];
    for (int index = 0; index < length; index++) {
      values[index] = (float) (2.4 * random.uniform(index) - 1.2);
    }
    return values;
  }

  /** A quantizer with weights and the arrays that it keeps beside them. */
  private static final class Run {
    private final Swalp quantizer;
    private final GuardedTensor latent;
    private final StateArrays state;

    Run(Swalp quantizer, int length) {
      this.quantizer = quantizer;
      latent = GuardedTensor.of(new float[length], length, 1);
      state = StateArrays.allocate(quantizer.stateArrays(), length, 1);
    }

    /** Takes what an optimizer has written and returns what is made of it. */
    float[] update(long step, double progress, float... written) {
      Tensors.floats(latent.tensor()).put(0, written);
      quantizer.afterUpdate(latent.tensor(), context(step, progress, false));
      return latent.values();
    }

    float[] quantized(boolean evaluation) {
      int length = (int) latent.tensor().length();
      GuardedTensor target = GuardedTensor.of(new float[length], length, 1);
      quantizer.quantize(latent.tensor(), target.tensor(), context(1, 0, evaluation));
      return target.values();
    }

    float count() {
      return Tensors.floats(state.values("count")).get(0);
    }

    QuantizationContext context(long step, double progress, boolean evaluation) {
      return new QuantizationContext(
          new ParameterPlace("conv/weight", ParameterRole.CONVOLUTION_WEIGHT, 0, 1),
          state,
          new Moment(step, 1, progress, 0, 1),
          evaluation,
          RandomSource.of(SEED, RandomPurpose.QUANTIZE, step));
    }
  }
}
