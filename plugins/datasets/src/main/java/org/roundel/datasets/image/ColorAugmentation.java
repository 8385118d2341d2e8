package org.roundel.datasets.image;

import org.roundel.api.random.RandomSource;

/**
 * Random changes of colour for ImageNet training images: brightness, contrast and saturation in a
 * random order, each blended with a factor from [1 − {@value #JITTER}, 1 + {@value #JITTER}), then
 * lighting noise along the principal components of ImageNet's colours.
 *
 * <p>Formulas and constants as in He et al.'s public Torch code (fb.resnet.torch,
 * datasets/transforms.lua); the lighting noise is from Krizhevsky, Sutskever and Hinton,
 * <em>ImageNet Classification with Deep Convolutional Neural Networks</em>, 2012. Values are on the
 * scale 0 to 1 and are not clipped.
 */
final class ColorAugmentation {
  /** How many of a random source's elements are read. */
  static final int ELEMENTS = 4;

  private static final double JITTER = 0.4;
  private static final double LIGHTING = 0.1;

  /** Eigenvalues of the covariance of ImageNet's colours. */
  private static final double[] EIGENVALUES = {0.2175, 0.0188, 0.0045};

  /** Their eigenvectors: row = colour channel, column = component. */
  private static final double[][] EIGENVECTORS = {
    {-0.5675, 0.7192, 0.4009}, {-0.5808, -0.0045, -0.8140}, {-0.5836, -0.6948, 0.4203}
  };

  private static final int[][] ORDERS = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };

  private ColorAugmentation() {}

  /**
   * Changes an image in place.
   *
   * @param image red, green and blue plane one after the other
   * @param random read at elements {@code element} to {@code element + 3} and, normally
   *     distributed, {@code element} to {@code element + 2}
   */
  static void apply(float[] image, RandomSource random, long element) {
    int[] order = ORDERS[random.below(ORDERS.length, element)];
    for (int kind : order) {
      float factor = (float) (1 + JITTER * (2 * random.uniform(element + 1 + kind) - 1));
      switch (kind) {
        case 0 -> brightness(image, factor);
        case 1 -> contrast(image, factor);
        default -> saturation(image, factor);
      }
    }
    lighting(
        image,
        LIGHTING * random.normal(element),
        LIGHTING * random.normal(element + 1),
        LIGHTING * random.normal(element + 2));
  }

  static void brightness(float[] image, float factor) {
    for (int position = 0; position < image.length; position++) {
      image[position] *= factor;
    }
  }

  /** Blends with the mean grey of the image. */
  static void contrast(float[] image, float factor) {
    int area = image.length / 3;
    double sum = 0;
    for (int position = 0; position < area; position++) {
      sum += grey(image, position, area);
    }
    float rest = (float) (sum / area) * (1 - factor);
    for (int position = 0; position < image.length; position++) {
      image[position] = image[position] * factor + rest;
    }
  }

  /** Blends with the grey of each pixel. */
  static void saturation(float[] image, float factor) {
    int area = image.length / 3;
    for (int position = 0; position < area; position++) {
      float rest = grey(image, position, area) * (1 - factor);
      image[position] = image[position] * factor + rest;
      image[position + area] = image[position + area] * factor + rest;
      image[position + 2 * area] = image[position + 2 * area] * factor + rest;
    }
  }

  /** Adds to each channel the sum over components of weight · eigenvalue · eigenvector. */
  static void lighting(float[] image, double first, double second, double third) {
    int area = image.length / 3;
    for (int channel = 0; channel < 3; channel++) {
      float shift =
          (float)
              (EIGENVECTORS[channel][0] * EIGENVALUES[0] * first
                  + EIGENVECTORS[channel][1] * EIGENVALUES[1] * second
                  + EIGENVECTORS[channel][2] * EIGENVALUES[2] * third);
      for (int position = channel * area; position < (channel + 1) * area; position++) {
        image[position] += shift;
      }
    }
  }

  private static float grey(float[] image, int position, int area) {
    return 0.299f * image[position]
        + 0.587f * image[position + area]
        + 0.114f * image[position + 2 * area];
  }
}
