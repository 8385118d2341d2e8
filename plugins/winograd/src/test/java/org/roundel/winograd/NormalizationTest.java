package org.roundel.winograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Batch normalisation against its formula and that of its gradients (Ioffe, Szegedy, 2015, section
 * 3), in double precision.
 */
class NormalizationTest {
  private static final float EPSILON = 1e-5f;
  private static final long SEED = 3;

  /** Sums in float32 have at most 112 terms, so they are off by √112·2⁻²⁴ < 2⁻²⁰ of a term. */
  private static final double BOUND = 0x1p-20;

  /** A layer's numbers. */
  private record Layer(
      FloatBuffer mean,
      FloatBuffer variance,
      @Nullable FloatBuffer scale,
      @Nullable FloatBuffer shift,
      @Nullable FloatBuffer scaleGradient,
      @Nullable FloatBuffer shiftGradient)
      implements Normalization.Channels {
    static Layer of(int channels, boolean affine, Random random) {
      return new Layer(
          FloatBuffer.allocate(channels),
          FloatBuffer.allocate(channels),
          affine ? FloatBuffer.wrap(Passes.normal(channels, random)) : null,
          affine ? FloatBuffer.wrap(Passes.normal(channels, random)) : null,
          affine ? FloatBuffer.allocate(channels) : null,
          affine ? FloatBuffer.allocate(channels) : null);
    }
  }

  static Stream<Arguments> cases() {
    int lanes = VectorSupport.lanes();
    return Stream.of(
        Arguments.of(new Images(5, 2 * lanes, 7, 9, lanes), true, true, 2, 0f),
        Arguments.of(new Images(5, 2 * lanes, 7, 9, 2 * lanes), false, true, 1, 0f),
        Arguments.of(new Images(40, lanes, 20, 20, lanes), true, false, 3, 0f),
        Arguments.of(new Images(2, 4 * lanes, 33, 40, 4 * lanes), true, true, 2, 0f),
        Arguments.of(new Images(1, lanes, 1, 2, lanes), true, true, 2, 0f),
        // Numbers whose squares' sum alone would lose the variance.
        Arguments.of(new Images(5, 2 * lanes, 7, 9, lanes), true, true, 2, 1000f));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isItsFormula(Images images, boolean rectify, boolean affine, int threads, float mean) {
    Random random = new Random(SEED);
    int size = images.batch() * images.channels() * images.height() * images.width();
    float[] x = Passes.normal(size, random);
    float[] gradient = Passes.normal(size, random);
    for (int index = 0; index < size; index++) {
      x[index] += mean;
    }
    Layer layer = Layer.of(images.channels(), affine, random);
    float[] y = new float[size];
    float[] back = new float[size];
    Normalization pass = normalization(images, rectify, threads);
    pass.measure(FloatBuffer.wrap(x), layer);
    pass.normalize(FloatBuffer.wrap(x), FloatBuffer.wrap(y));
    pass.backward(FloatBuffer.wrap(x), FloatBuffer.wrap(gradient), FloatBuffer.wrap(back), layer);
    for (int channel = 0; channel < images.channels(); channel++) {
      new Expected(images, channel, rectify, layer, x, gradient).check(y, back, 1 + mean);
    }
  }

  private static Normalization normalization(Images images, boolean rectify, int threads) {
    Workspace workspace = new Workspace(new ThreadTeam(threads));
    Normalization pass = new Normalization(images, rectify, EPSILON, workspace);
    workspace.allocate();
    return pass;
  }

  @Test
  void givesTheSameBytesWhateverTheThreadsAlsoInPlace() {
    int lanes = VectorSupport.lanes();
    Images images = new Images(37, 2 * lanes, 11, 11, lanes);
    int size = images.batch() * images.channels() * 121;
    Random random = new Random(SEED);
    float[] x = Passes.normal(size, random);
    float[] gradient = Passes.normal(size, random);
    Layer layer = Layer.of(images.channels(), true, random);
    float[] y = new float[size];
    float[] back = new float[size];
    Normalization alone = normalization(images, true, 1);
    alone.measure(FloatBuffer.wrap(x), layer);
    alone.normalize(FloatBuffer.wrap(x), FloatBuffer.wrap(y));
    alone.backward(FloatBuffer.wrap(x), FloatBuffer.wrap(gradient), FloatBuffer.wrap(back), layer);
    for (int threads : new int[] {2, 5}) {
      Normalization together = normalization(images, true, threads);
      float[] output = x.clone();
      together.measure(FloatBuffer.wrap(output), layer);
      together.normalize(FloatBuffer.wrap(output), FloatBuffer.wrap(output));
      assertThat(output).isEqualTo(y);
      float[] result = gradient.clone();
      FloatBuffer place = FloatBuffer.wrap(result);
      together.backward(FloatBuffer.wrap(x), place, place, layer);
      assertThat(result).isEqualTo(back);
    }
  }

  /** What a channel should be. */
  private static final class Expected {
    private final Images images;
    private final int channel;
    private final boolean rectify;
    private final Layer layer;
    private final float[] x;
    private final float[] gradient;

    Expected(
        Images images, int channel, boolean rectify, Layer layer, float[] x, float[] gradient) {
      this.images = images;
      this.channel = channel;
      this.rectify = rectify;
      this.layer = layer;
      this.x = x;
      this.gradient = gradient;
    }

    private int[] places() {
      int pixels = images.height() * images.width();
      int block = images.block();
      int[] places = new int[images.batch() * pixels];
      for (int index = 0; index < places.length; index++) {
        int part = index / pixels * (images.channels() / block) + channel / block;
        places[index] = (part * pixels + index % pixels) * block + channel % block;
      }
      return places;
    }

    /** Compares; {@code size} is that of the numbers that are rounded. */
    void check(float[] y, float[] back, double size) {
      int[] places = places();
      double mean = 0;
      for (int place : places) {
        mean += x[place] / (double) places.length;
      }
      double variance = 0;
      for (int place : places) {
        variance += (x[place] - mean) * (x[place] - mean) / places.length;
      }
      String what = String.format(Locale.ROOT, "channel %d, seed %d", channel, SEED);
      assertThat((double) layer.mean.get(channel)).as(what).isCloseTo(mean, within(BOUND * size));
      assertThat((double) layer.variance.get(channel))
          .as(what)
          .isCloseTo(variance, within(BOUND * (1 + variance)));
      double inverse = 1 / Math.sqrt(variance + EPSILON);
      double scale = layer.scale == null ? 1 : layer.scale.get(channel);
      double shift = layer.shift == null ? 0 : layer.shift.get(channel);
      double sum = 0;
      double product = 0;
      double[] through = new double[places.length];
      for (int index = 0; index < places.length; index++) {
        double normal = (x[places[index]] - mean) * inverse;
        double output = normal * scale + shift;
        double expected = rectify ? Math.max(0, output) : output;
        double bound = BOUND * size * (1 + Math.abs(scale) * inverse);
        assertThat((double) y[places[index]]).as(what).isCloseTo(expected, within(bound));
        // What is within rounding of the rectifier's kink may fall to either side.
        through[index] = y[places[index]] > 0 || !rectify ? gradient[places[index]] : 0;
        sum += through[index];
        product += through[index] * normal;
      }
      double terms = Math.sqrt(places.length) * size;
      if (layer.scaleGradient != null && layer.shiftGradient != null) {
        assertThat((double) layer.shiftGradient.get(channel))
            .as(what)
            .isCloseTo(sum, within(BOUND * terms));
        assertThat((double) layer.scaleGradient.get(channel))
            .as(what)
            .isCloseTo(product, within(BOUND * terms * inverse));
      }
      for (int index = 0; index < places.length; index++) {
        double normal = (x[places[index]] - mean) * inverse;
        double expected =
            scale * inverse * (through[index] - (sum + normal * product) / places.length);
        double bound = BOUND * size * (1 + Math.abs(scale) * inverse * (1 + inverse));
        assertThat((double) back[places[index]]).as(what).isCloseTo(expected, within(bound));
      }
    }
  }
}
