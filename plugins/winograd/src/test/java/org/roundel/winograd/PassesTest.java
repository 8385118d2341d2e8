package org.roundel.winograd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The three passes against the definition of a convolution in double precision, on images of N(0,
 * 1) and weights of ±1 and of He's initialization.
 *
 * <p>The bound: each rounding is wrong by at most u = 2⁻²⁴ of the number. A sum of n independent
 * products of deviation s is of deviation √n · s, and the n + k roundings on its way, of partial
 * sums that are no larger, add up like the steps of a random walk: to a deviation of at most √(n +
 * k) · u · √n · s. The transforms back enlarge it by {@link Interpolation#growth}, which holds the
 * deviations of the transformed numbers, too; k is their number of roundings. So the errors' root
 * mean square stays below that bound, and each stays below seven times it, as normal errors do with
 * a chance of error of 3 in 10¹² each.
 */
class PassesTest {
  private static final double UNIT = Math.scalb(1.0, -24);

  /** Four in each of the transforms, of which each number passes three, in two directions. */
  private static final int ROUNDINGS = 24;

  private static final double GROWTH =
      Interpolation.growth(
          Interpolation.inputs(), Interpolation.weights(), Interpolation.powers(4));

  private static final double WEIGHTS_GROWTH =
      Interpolation.growth(
          Interpolation.inputs(), Interpolation.powers(4), Interpolation.weights());

  private static final long SEED = 7;

  static Stream<Arguments> shapes() {
    int lanes = VectorSupport.lanes();
    return Stream.of(
        Arguments.of(new DoubleConvolution(3, 2 * lanes, 4 * lanes, 8, 8), 0, 2),
        Arguments.of(new DoubleConvolution(3, 2 * lanes, 4 * lanes, 8, 8), lanes, 2),
        Arguments.of(new DoubleConvolution(2, 4 * lanes, 2 * lanes, 7, 7), 0, 1),
        Arguments.of(new DoubleConvolution(2, 4 * lanes, 2 * lanes, 7, 7), lanes, 3),
        Arguments.of(new DoubleConvolution(1, 2 * lanes, 2 * lanes, 14, 9), lanes, 2),
        Arguments.of(new DoubleConvolution(1, 2 * lanes, 2 * lanes, 1, 2), 0, 2),
        Arguments.of(new DoubleConvolution(2, 64, 128, 12, 16), 0, 2),
        Arguments.of(new DoubleConvolution(5, 256, 256, 8, 8), 0, 2),
        Arguments.of(new DoubleConvolution(40, 2 * lanes, 2 * lanes, 16, 16), 0, 2),
        Arguments.of(new DoubleConvolution(1, 2 * lanes, 2 * lanes, 56, 28), lanes, 4));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void areTheDefinitionOfAConvolution(DoubleConvolution sizes, int block, int threads) {
    Passes passes = new Passes(sizes, block, new ThreadTeam(threads));
    Data data = new Data(sizes, SEED);
    int tiles = sizes.batch() * ((sizes.height() + 3) / 4) * ((sizes.width() + 3) / 4);
    check(
        passes.weightsGradient(data.images, data.gradient),
        sizes.weightsGradient(data.images, data.gradient),
        tiles,
        WEIGHTS_GROWTH);
    for (float[] weights : new float[][] {data.he(), data.signs()}) {
      double deviation = Math.abs(weights[0]) == 1 ? 1 : Math.sqrt(2.0 / (9 * sizes.inputs()));
      check(
          passes.forward(data.images, weights),
          sizes.forward(data.images, weights),
          sizes.inputs(),
          GROWTH * deviation);
      check(
          passes.inputGradient(data.gradient, weights),
          sizes.inputGradient(data.gradient, weights),
          sizes.outputs(),
          GROWTH * deviation);
    }
  }

  private static void check(float[] found, double[] expected, int products, double growth) {
    double bound = UNIT * Math.sqrt((products + ROUNDINGS) * (double) products) * growth;
    double squares = 0;
    double most = 0;
    for (int index = 0; index < expected.length; index++) {
      double error = Math.abs(found[index] - expected[index]);
      // NaN must not pass.
      most = error <= most ? most : error;
      squares += error * error;
    }
    String what = "of seed " + SEED;
    assertThat(Math.sqrt(squares / expected.length)).as("mean error " + what).isLessThan(bound);
    assertThat(most).as("largest error " + what).isLessThan(7 * bound);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void giveTheSameBytesOfImagesThatAreChangedAsTheyAreLoaded(
      DoubleConvolution sizes, int block, int threads) {
    Data data = new Data(sizes, SEED);
    float[] weights = data.he();
    int pixels = sizes.height() * sizes.width();
    float[] changed = data.images.clone();
    for (int index = 0; index < changed.length; index++) {
      changed[index] = changed[index] * 3 + (index / pixels % sizes.inputs()) + 1;
    }
    Loading loading =
        (numbers, at, count, channel, wide) -> {
          for (int index = 0; index < count * wide; index++) {
            numbers[at + index] = numbers[at + index] * 3 + (channel + index % wide) + 1;
          }
        };
    Passes loaded = new Passes(sizes, block, loading, new ThreadTeam(threads));
    Passes plain = new Passes(sizes, block, new ThreadTeam(threads));
    assertThat(loaded.forward(data.images, weights)).isEqualTo(plain.forward(changed, weights));
    assertThat(loaded.weightsGradient(data.images, data.gradient))
        .isEqualTo(plain.weightsGradient(changed, data.gradient));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void inferenceIsTheDefinitionOfAConvolutionWithBiasSumAndRectifier(
      DoubleConvolution sizes, int block, int threads) {
    Data data = new Data(sizes, SEED);
    float[] weights = data.he();
    float[] bias = Passes.normal(sizes.outputs(), data.random);
    double[] plain = sizes.forward(data.images, weights);
    int pixels = sizes.height() * sizes.width();
    Passes passes = new Passes(sizes, block, new ThreadTeam(threads));
    for (boolean adds : new boolean[] {false, true}) {
      for (boolean rectifies : new boolean[] {false, true}) {
        double[] expected = plain.clone();
        for (int index = 0; index < expected.length; index++) {
          expected[index] += bias[index / pixels % sizes.outputs()];
          expected[index] += adds ? data.gradient[index] : 0;
          expected[index] = rectifies ? Math.max(0, expected[index]) : expected[index];
        }
        float[][] found =
            passes.inference(data.images, weights, bias, adds ? data.gradient : null, rectifies);
        double deviation = Math.sqrt(2.0 / (9 * sizes.inputs()));
        check(found[0], expected, sizes.inputs(), GROWTH * deviation);
        assertThat(found[1]).isEqualTo(found[0]);
      }
    }
  }

  @Test
  void inferenceKeepsNumbersThatAreNone() {
    int lanes = VectorSupport.lanes();
    DoubleConvolution sizes = new DoubleConvolution(1, 2 * lanes, 2 * lanes, 4, 4);
    Data data = new Data(sizes, SEED);
    data.images[0] = Float.NaN;
    float[] none = new float[sizes.outputs()];
    float[] found =
        new Passes(sizes, 0, new ThreadTeam(1))
            .inference(data.images, data.he(), none, null, true)[0];
    assertThat(found[0]).isNaN();
  }

  @Test
  void inferenceGivesTheSameBytesWhateverTheThreadsAndTheBatch() {
    int lanes = VectorSupport.lanes();
    for (int images : new int[] {1, 3, 40}) {
      for (int size : new int[] {4, 8, 16}) {
        DoubleConvolution sizes = new DoubleConvolution(images, 2 * lanes, 8 * lanes, size, size);
        DoubleConvolution one = new DoubleConvolution(1, 2 * lanes, 8 * lanes, size, size);
        Data data = new Data(sizes, SEED);
        float[] weights = data.he();
        float[] bias = Passes.normal(sizes.outputs(), data.random);
        float[] alone =
            new Passes(sizes, lanes, new ThreadTeam(1))
                .inference(data.images, weights, bias, null, true)[0];
        for (int threads : new int[] {2, 3, 19}) {
          assertThat(
                  new Passes(sizes, lanes, new ThreadTeam(threads))
                      .inference(data.images, weights, bias, null, true)[0])
              .isEqualTo(alone);
        }
        float[] first = Arrays.copyOf(data.images, sizes.inputs() * size * size);
        assertThat(
                new Passes(one, lanes, new ThreadTeam(2))
                    .inference(first, weights, bias, null, true)[0])
            .isEqualTo(Arrays.copyOf(alone, sizes.outputs() * size * size));
      }
    }
  }

  @Test
  void giveTheSameBytesWhateverTheThreads() {
    int lanes = VectorSupport.lanes();
    DoubleConvolution sizes = new DoubleConvolution(33, 2 * lanes, 6 * lanes, 10, 12);
    Data data = new Data(sizes, SEED);
    float[] weights = data.he();
    Passes alone = new Passes(sizes, 0, new ThreadTeam(1));
    for (int threads : new int[] {2, 3, 19}) {
      Passes together = new Passes(sizes, 0, new ThreadTeam(threads));
      for (int repetition = 0; repetition < 3; repetition++) {
        assertThat(together.forward(data.images, weights))
            .isEqualTo(alone.forward(data.images, weights));
        assertThat(together.inputGradient(data.gradient, weights))
            .isEqualTo(alone.inputGradient(data.gradient, weights));
        assertThat(together.weightsGradient(data.images, data.gradient))
            .isEqualTo(alone.weightsGradient(data.images, data.gradient));
      }
    }
  }

  /** Numbers of N(0, 1), and weights. */
  private static final class Data {
    private final DoubleConvolution sizes;
    private final Random random;
    private final float[] images;
    private final float[] gradient;

    Data(DoubleConvolution sizes, long seed) {
      this.sizes = sizes;
      this.random = new Random(seed);
      int pixels = sizes.batch() * sizes.height() * sizes.width();
      this.images = Passes.normal(pixels * sizes.inputs(), random);
      this.gradient = Passes.normal(pixels * sizes.outputs(), random);
    }

    private float[] he() {
      float[] weights = Passes.normal(9 * sizes.inputs() * sizes.outputs(), random);
      double deviation = Math.sqrt(2.0 / (9 * sizes.inputs()));
      for (int index = 0; index < weights.length; index++) {
        weights[index] = (float) (deviation * weights[index]);
      }
      return weights;
    }

    private float[] signs() {
      float[] weights = Passes.normal(9 * sizes.inputs() * sizes.outputs(), random);
      for (int index = 0; index < weights.length; index++) {
        weights[index] = Math.signum(weights[index]);
      }
      return weights;
    }
  }
}
