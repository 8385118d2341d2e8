package org.roundel.datasets.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.Split;
import org.roundel.api.model.InputShape;
import org.roundel.datasets.Fixtures;
import org.roundel.datasets.fashion.FashionMnistMiniFactory;

class CutoutTest {
  private static final InputShape SHAPE = new InputShape(2, 20, 28);

  private static float[] cut(int side, int index) {
    float[] image = new float[SHAPE.length()];
    Arrays.fill(image, 1);
    new Cutout(side)
        .apply(FloatBuffer.wrap(image), SHAPE, Fixtures.augmentation(1, index).random(), 3);
    return image;
  }

  /**
   * The pixels of a square's side that lie inside of n pixels, as a share of n, on average over n
   * middles: the first a = ⌊s/2⌋ of them lose a, a − 1, … 1 of the side s, the last ones s − a − 1,
   * … 1.
   */
  private static double expectedShare(int side, int length) {
    double before = side / 2;
    double after = side - before;
    double lost = before * (before + 1) / 2 + after * (after - 1) / 2;
    return (length * side - lost) / length / length;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 20})
  void cutsTheShareOfPixelsThatTheFormulaSays(int side) {
    int draws = 4000;
    double sum = 0;
    double squares = 0;
    for (int index = 0; index < draws; index++) {
      double zeros = 0;
      for (float value : cut(side, index)) {
        zeros += value == 0 ? 1 : 0;
      }
      sum += zeros / SHAPE.length();
      squares += zeros / SHAPE.length() * zeros / SHAPE.length();
    }
    double mean = sum / draws;
    double standardError = Math.sqrt((squares / draws - mean * mean) / draws);
    double expected = expectedShare(side, SHAPE.height()) * expectedShare(side, SHAPE.width());
    assertThat(mean).as("seed 7").isCloseTo(expected, within(4 * standardError + 1e-12));
  }

  @Test
  void cutsOneRectangleOutOfAllChannelsAndLeavesTheRest() {
    for (int index = 0; index < 500; index++) {
      float[] image = cut(9, index);
      int area = SHAPE.height() * SHAPE.width();
      int top = SHAPE.height();
      int left = SHAPE.width();
      int bottom = 0;
      int right = 0;
      for (int position = 0; position < area; position++) {
        if (image[position] == 0) {
          top = Math.min(top, position / SHAPE.width());
          left = Math.min(left, position % SHAPE.width());
          bottom = Math.max(bottom, position / SHAPE.width() + 1);
          right = Math.max(right, position % SHAPE.width() + 1);
        }
      }
      assertThat(bottom - top).as("image %d, seed 7", index).isBetween(5, 9);
      assertThat(right - left).as("image %d, seed 7", index).isBetween(5, 9);
      for (int position = 0; position < image.length; position++) {
        int row = position % area / SHAPE.width();
        int column = position % SHAPE.width();
        boolean inside = row >= top && row < bottom && column >= left && column < right;
        assertThat(image[position]).isEqualTo(inside ? 0 : 1);
      }
    }
  }

  @Test
  void cutsTrainingImagesOnlyAndAnewInEveryEpoch() throws IOException {
    FashionMnistMiniFactory factory = new FashionMnistMiniFactory();
    Path nowhere = Path.of("nowhere");
    Map<String, String> options = Map.of("cutout", "14", "train-limit", "500", "test-limit", "50");
    try (Dataset cut = Fixtures.open(factory, nowhere, options);
        Dataset plain = Fixtures.open(factory, nowhere, Map.of())) {
      double zeros = 0;
      int changed = 0;
      for (int index = 0; index < 500; index++) {
        float[] image = Fixtures.read(cut, Split.TRAIN, index, 1);
        float[] original = Fixtures.read(plain, Split.TRAIN, index, 1);
        for (int pixel = 0; pixel < image.length; pixel++) {
          // No byte is the mean, so that 0 is what was cut.
          zeros += image[pixel] == 0 ? 1 : 0;
          assertThat(image[pixel]).isIn(0f, original[pixel]);
        }
        assertThat(Fixtures.read(cut, Split.TRAIN, index, 1)).isEqualTo(image);
        changed += Arrays.equals(Fixtures.read(cut, Split.TRAIN, index, 2), image) ? 0 : 1;
        float[] held = new float[784];
        cut.read(Split.TRAIN, index, null, FloatBuffer.wrap(held));
        assertThat(held).isEqualTo(original);
      }
      double share = expectedShare(14, 28) * expectedShare(14, 28);
      // A cut share's deviation is below 0.06.
      assertThat(zeros / 500 / 784).isCloseTo(share, within(4 * 0.06 / Math.sqrt(500)));
      // 28·28 places, some of which cut the same.
      assertThat(changed).isGreaterThan(490);
      assertThat(Fixtures.read(cut, Split.TEST, 7, 1))
          .isEqualTo(Fixtures.read(plain, Split.TEST, 7, 1));
    }
  }
}
