package org.roundel.bench;

import java.util.SplittableRandom;
import org.roundel.api.model.InputShape;

/**
 * The batch that every side works on: normally distributed pixels of mean 0 and variance 1, labels
 * uniform. A function of its arguments alone.
 */
final class Images {
  static final int CLASSES = 10;
  private static final int CHANNELS = 3;

  private final InputShape shape;
  private final float[] pixels;
  private final int[] labels;

  /**
   * Draws a batch.
   *
   * @param count how many images
   * @param size rows and columns of an image
   */
  Images(int count, int size, long seed) {
    shape = new InputShape(CHANNELS, size, size);
    SplittableRandom random = new SplittableRandom(seed);
    pixels = new float[count * shape.length()];
    for (int index = 0; index < pixels.length; index++) {
      pixels[index] = (float) random.nextGaussian();
    }
    labels = new int[count];
    for (int index = 0; index < count; index++) {
      labels[index] = random.nextInt(CLASSES);
    }
  }

  int count() {
    return labels.length;
  }

  /** Returns the shape of one image. */
  InputShape shape() {
    return shape;
  }

  /** Returns the shape of the whole batch: [count, channels, height, width]. */
  long[] batchShape() {
    return new long[] {count(), shape.channels(), shape.height(), shape.width()};
  }

  /** Returns the pixels in c order; not to be written. */
  float[] pixels() {
    return pixels;
  }

  /** Returns the class of each image; not to be written. */
  int[] labels() {
    return labels;
  }
}
