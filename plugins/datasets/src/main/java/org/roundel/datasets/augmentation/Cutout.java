package org.roundel.datasets.augmentation;

import java.nio.FloatBuffer;
import org.roundel.api.model.InputShape;
import org.roundel.api.random.RandomSource;

/**
 * Sets a square of a training image to the mean of all images, which is 0 after normalisation. Its
 * middle is any pixel of the image, all equally likely, so it may reach beyond the borders.
 *
 * <p>Source: Terrance DeVries, Graham Taylor, <em>Improved Regularization of Convolutional Neural
 * Networks with Cutout</em>, 2017; 16 of 32 pixels for CIFAR-10, 8 for CIFAR-100 there.
 *
 * @param side of the square, in pixels; 0 for none
 */
public record Cutout(int side) {
  /**
   * Cuts the square out of a normalised image.
   *
   * @param random read at {@code element}, for the row, and at the one after it
   */
  public void apply(FloatBuffer image, InputShape shape, RandomSource random, long element) {
    if (side == 0) {
      return;
    }
    int top = random.below(shape.height(), element) - side / 2;
    int left = random.below(shape.width(), element + 1) - side / 2;
    int bottom = Math.min(top + side, shape.height());
    int right = Math.min(left + side, shape.width());
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = Math.max(top, 0); row < bottom; row++) {
        int start = (channel * shape.height() + row) * shape.width();
        for (int column = Math.max(left, 0); column < right; column++) {
          image.put(start + column, 0);
        }
      }
    }
  }
}
