package org.roundel.bench;

import java.util.SplittableRandom;
import org.roundel.api.model.InputShape;

/**
 * The batch that every side works on: normally distributed pixels of mean 0 and variance 1, labels
 * uniform. A function of the seed alone.
 */
final class Images {
  static final InputShape SHAPE = new InputShape(3, 32, 32);
  static final int CLASSES = 10;

  private final float[] pixels;
  private final int[] labels;

  Images(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    pixels = new float[size * SHAPE.length()];
    for (int index = 0; index < pixels.length; index++) {
      pixels[index] = (float) random.nextGaussian();
    }
    labels = new int[size];
    for (int index = 0; index < size; index++) {
      labels[index] = random.nextInt(CLASSES);
    }
  }

  int size() {
    return labels.length;
  }

  /** Returns the shape of the whole batch: [size, channels, height, width]. */
  long[] shape() {
    return new long[] {size(), SHAPE.channels(), SHAPE.height(), SHAPE.width()};
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
