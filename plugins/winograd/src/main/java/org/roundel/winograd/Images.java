package org.roundel.winograd;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A batch of images as it lies in memory: [batch, channels / block, height, width, block]. With one
 * block of all channels that is channels last.
 *
 * <p>The kernels work on bands: some rows of an image, in the same order, [channels / block, rows,
 * width, block].
 *
 * @param batch images
 * @param channels a multiple of {@code block}
 * @param height rows of pixels
 * @param width pixels in a row
 * @param block channels side by side, a multiple of {@link VectorSupport#lanes}
 */
public record Images(int batch, int channels, int height, int width, int block) {
  /** Checks the sizes. */
  public Images {
    if (batch < 1 || height < 1 || width < 1 || block < 1 || channels % block != 0) {
      throw new IllegalArgumentException(
          "images " + batch + "x" + channels + "x" + height + "x" + width + " by " + block);
    }
  }

  private int rowSize() {
    return width * block;
  }

  /** Returns where a channel begins in a band. */
  int at(int channel, int rows) {
    return channel / block * rows * rowSize() + channel % block;
  }

  /**
   * Copies rows of an image into a band; rows outside the image are zeros.
   *
   * @param loading what is done to the pixels of the image
   * @param first the image's row that is the band's first; may be negative
   * @param rows how many rows the band has
   */
  void load(FloatBuffer images, Loading loading, int image, int first, int rows, float[] band) {
    int from = Math.max(0, first);
    int to = Math.min(height, first + rows);
    for (int part = 0; part < channels / block; part++) {
      int bandAt = part * rows * rowSize();
      int imageAt = (image * (channels / block) + part) * height * rowSize();
      Arrays.fill(band, bandAt, bandAt + (from - first) * rowSize(), 0);
      images.get(
          imageAt + from * rowSize(),
          band,
          bandAt + (from - first) * rowSize(),
          (to - from) * rowSize());
      loading.change(
          band, bandAt + (from - first) * rowSize(), (to - from) * width, part * block, block);
      Arrays.fill(band, bandAt + (to - first) * rowSize(), bandAt + rows * rowSize(), 0);
    }
  }

  /**
   * Copies a band's rows, as far as they lie in the image, into it.
   *
   * @param first the image's row that is the band's first
   * @param rows how many rows the band has
   * @param pixels how many pixels the band has in a row, at least {@code width}
   */
  void store(FloatBuffer images, int image, int first, int rows, int pixels, float[] band) {
    store(images, image, first, rows, pixels, 0, channels, band);
  }

  /**
   * Copies some channels of a band's rows, as far as they lie in the image, into it.
   *
   * @param begin the first channel, a multiple of the block
   * @param end the one behind the last, likewise
   */
  void store(
      FloatBuffer images,
      int image,
      int first,
      int rows,
      int pixels,
      int begin,
      int end,
      float[] band) {
    copy(images, image, first, rows, pixels, begin, end, band, FloatBuffer::put);
  }

  /** Copies some channels of the image's rows into a band, as the other method copies them back. */
  void fetch(
      FloatBuffer images,
      int image,
      int first,
      int rows,
      int pixels,
      int begin,
      int end,
      float[] band) {
    copy(images, image, first, rows, pixels, begin, end, band, FloatBuffer::get);
  }

  /** Copies numbers between images and a band, one way or the other. */
  private interface Copy {
    void run(FloatBuffer images, int at, float[] band, int bandAt, int length);
  }

  private void copy(
      FloatBuffer images,
      int image,
      int first,
      int rows,
      int pixels,
      int begin,
      int end,
      float[] band,
      Copy copy) {
    int count = Math.min(height, first + rows) - first;
    for (int part = begin / block; part < end / block; part++) {
      int bandAt = part * rows * pixels * block;
      int imageAt = ((image * (channels / block) + part) * height + first) * rowSize();
      if (pixels == width) {
        copy.run(images, imageAt, band, bandAt, count * rowSize());
      } else {
        for (int row = 0; row < count; row++) {
          int at = imageAt + row * rowSize();
          copy.run(images, at, band, bandAt + row * pixels * block, rowSize());
        }
      }
    }
  }
}
