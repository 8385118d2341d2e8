package org.roundel.datasets.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Rectangle;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.roundel.api.dataset.Augmentation;
import org.roundel.datasets.Fixtures;
import org.roundel.datasets.augmentation.Flip;

class ImageNetTransformTest {
  private static final float[] MEANS = {0.485f, 0.456f, 0.406f};
  private static final float[] DEVIATIONS = {0.229f, 0.224f, 0.225f};

  /** Red is the column, green the row, so a result tells where it came from. */
  private static DecodedImage coordinates(int width, int height) {
    byte[] samples = new byte[3 * width * height];
    for (int position = 0; position < width * height; position++) {
      samples[3 * position] = (byte) (position % width);
      samples[3 * position + 1] = (byte) (position / width);
      samples[3 * position + 2] = 50;
    }
    return DecodedImage.interleaved(width, height, samples);
  }

  private static double value(float[] image, int size, int channel, int row, int column) {
    float normalized = image[(channel * size + row) * size + column];
    return 255.0 * (normalized * DEVIATIONS[channel] + MEANS[channel]);
  }

  /** 100x60 with the shorter side brought to 30 is 50x30; its middle 20x20 starts at (15, 5). */
  @Test
  void cutsTheMiddleOutForTesting() {
    float[] image = new float[3 * 20 * 20];
    new ImageNetTransform(20, 30)
        .test(coordinates(100, 60), new Workspace(), FloatBuffer.wrap(image));
    for (int position = 0; position < 400; position++) {
      int row = position / 20;
      int column = position % 20;
      // On a linear ramp the triangle's mean is the value at its centre.
      assertThat(value(image, 20, 0, row, column))
          .isCloseTo((15 + column + 0.5) * 2 - 0.5, within(0.01));
      assertThat(value(image, 20, 1, row, column))
          .isCloseTo((5 + row + 0.5) * 2 - 0.5, within(0.01));
      assertThat(value(image, 20, 2, row, column)).isCloseTo(50, within(0.01));
    }
  }

  @Test
  void testsAnImageThatIsSmallerThanTheNetsInput() {
    float[] image = new float[3 * 20 * 20];
    new ImageNetTransform(20, 20)
        .test(coordinates(3, 500), new Workspace(), FloatBuffer.wrap(image));
    assertThat(value(image, 20, 2, 10, 10)).isCloseTo(50, within(0.01));
  }

  /** Blue is constant, so the jitter leaves a plane constant; lighting differs between epochs. */
  @Test
  void trainingImagesStayInTheExpectedRange() {
    ImageNetTransform transform = new ImageNetTransform(16, 20);
    DecodedImage image = coordinates(120, 90);
    float[] first = new float[3 * 256];
    float[] other = new float[3 * 256];
    int mirrored = 0;
    int draws = 1000;
    for (int epoch = 0; epoch < draws; epoch++) {
      transform.train(
          image,
          Fixtures.augmentation(epoch, 0),
          Flip.RANDOM,
          new Workspace(),
          FloatBuffer.wrap(first));
      transform.train(
          image,
          Fixtures.augmentation(epoch, 0),
          Flip.RANDOM,
          new Workspace(),
          FloatBuffer.wrap(other));
      assertThat(Arrays.equals(first, other)).as("epoch %d, seed 7", epoch).isTrue();
      // Saturation may turn the small red ramp over only through blending, which keeps its sign.
      mirrored += value(first, 16, 0, 8, 15) < value(first, 16, 0, 8, 0) ? 1 : 0;
    }
    // Binomial with p = 1/2: four standard errors are 2·sqrt(1000).
    assertThat(mirrored).as("seed 7").isCloseTo(500, within(64));
  }

  @Test
  void alternatingMirrorsInEverySecondEpoch() {
    ImageNetTransform transform = new ImageNetTransform(16, 20);
    float[] image = new float[3 * 256];
    Boolean before = null;
    for (int epoch = 1; epoch <= 50; epoch++) {
      transform.train(
          coordinates(120, 90),
          Fixtures.augmentation(epoch, 0),
          Flip.ALTERNATING,
          new Workspace(),
          FloatBuffer.wrap(image));
      boolean mirrored = value(image, 16, 0, 8, 15) < value(image, 16, 0, 8, 0);
      assertThat(mirrored).as("epoch %d, seed 7", epoch).isNotEqualTo(before);
      before = mirrored;
    }
  }

  /** What is outside of the part is not looked at, so it may be missing. */
  @Test
  void needsItsPartOfAnImageOnly() {
    ImageNetTransform transform = new ImageNetTransform(16, 20);
    DecodedImage whole = coordinates(120, 90);
    float[] expected = new float[3 * 256];
    float[] found = new float[3 * 256];
    Workspace workspace = new Workspace();
    for (int epoch = 0; epoch < 200; epoch++) {
      Augmentation augmentation = Fixtures.augmentation(epoch, 0);
      Rectangle part = transform.trainPart(augmentation).of(120, 90);
      transform.train(
          whole, augmentation, Flip.RANDOM, new Workspace(), FloatBuffer.wrap(expected));
      transform.train(
          cut(whole, part), augmentation, Flip.RANDOM, workspace, FloatBuffer.wrap(found));
      assertThat(found).as("epoch %d, seed 7, %s", epoch, part).isEqualTo(expected);
    }
    Rectangle middle = transform.testPart().of(120, 90);
    // The outermost results stand at rows 11.25 and 78.75 and reach 4.5 further; at columns 25.4
    // and 94.6, with 26 of them for 120.
    assertThat(middle).isEqualTo(new Rectangle(21, 7, 79, 77));
    transform.test(whole, new Workspace(), FloatBuffer.wrap(expected));
    transform.test(cut(whole, middle), workspace, FloatBuffer.wrap(found));
    assertThat(found).isEqualTo(expected);
  }

  private static DecodedImage cut(DecodedImage whole, Rectangle part) {
    byte[] samples = new byte[3 * part.width * part.height];
    for (int row = 0; row < part.height; row++) {
      int start = (part.y + row) * whole.rowStride() + part.x * whole.pixelStride();
      System.arraycopy(whole.samples(), start, samples, 3 * row * part.width, 3 * part.width);
    }
    return DecodedImage.interleaved(part.width, part.height, samples)
        .within(whole.width(), whole.height(), part.x, part.y);
  }

  /** An image that no window of the allowed ratio fits into is cut in the middle. */
  @Test
  void trainsOnAVeryNarrowImage() {
    float[] image = new float[3 * 256];
    new ImageNetTransform(16, 20)
        .train(
            coordinates(1, 250),
            Fixtures.augmentation(0, 0),
            Flip.RANDOM,
            new Workspace(),
            FloatBuffer.wrap(image));
    for (float value : image) {
      assertThat(Float.isFinite(value)).isTrue();
    }
  }

  @Test
  void brightnessContrastAndSaturationFollowTheirFormulas() {
    float[] image = {0.1f, 0.5f, 0.2f, 0.6f, 0.3f, 0.7f};
    double grey0 = 0.299 * 0.1 + 0.587 * 0.2 + 0.114 * 0.3;
    double grey1 = 0.299 * 0.5 + 0.587 * 0.6 + 0.114 * 0.7;
    float[] bright = image.clone();
    ColorAugmentation.brightness(bright, 1.3f);
    float[] contrast = image.clone();
    ColorAugmentation.contrast(contrast, 0.8f);
    float[] saturated = image.clone();
    ColorAugmentation.saturation(saturated, 0.7f);
    for (int position = 0; position < 6; position++) {
      double value = image[position];
      double grey = position % 2 == 0 ? grey0 : grey1;
      assertThat((double) bright[position]).isCloseTo(1.3 * value, within(1e-6));
      assertThat((double) contrast[position])
          .isCloseTo(0.8 * value + 0.2 * (grey0 + grey1) / 2, within(1e-6));
      assertThat((double) saturated[position]).isCloseTo(0.7 * value + 0.3 * grey, within(1e-6));
    }
  }

  /** The three columns of the eigenvectors are orthonormal to their four printed digits. */
  @Test
  void lightingMovesAlongOrthogonalDirections() {
    double[] eigenvalues = {0.2175, 0.0188, 0.0045};
    float[][] shifts = new float[3][3];
    for (int component = 0; component < 3; component++) {
      ColorAugmentation.lighting(
          shifts[component],
          component == 0 ? 1 : 0,
          component == 1 ? 1 : 0,
          component == 2 ? 1 : 0);
    }
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        double product = 0;
        for (int channel = 0; channel < 3; channel++) {
          product += shifts[a][channel] * shifts[b][channel];
        }
        assertThat(product / eigenvalues[a] / eigenvalues[b])
            .isCloseTo(a == b ? 1 : 0, within(1e-3));
      }
    }
    assertThat(shifts[0][0]).isCloseTo(-0.5675f * 0.2175f, within(1e-6f));
  }
}
