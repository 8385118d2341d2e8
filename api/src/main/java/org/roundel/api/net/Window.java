package org.roundel.api.net;

/**
 * What a convolution or a pooling sees of an image for one output pixel, and how it moves on.
 *
 * @param rows down the image
 * @param columns across it
 */
public record Window(Axis rows, Axis columns) {
  /**
   * A window along one axis of the image.
   *
   * @param kernel how many pixels it sees, at least 1
   * @param stride pixels from one window to its neighbour, at least 1
   * @param before pixels of padding before the image, at least 0
   * @param behind pixels of padding behind it; negative where the last pixels are not used
   * @param dilation pixels from one that it sees to the next; 1 for a dense kernel
   */
  public record Axis(int kernel, int stride, int before, int behind, int dilation) {
    /** Checks the sizes. */
    public Axis {
      if (kernel < 1 || stride < 1 || dilation < 1 || before < 0) {
        throw new IllegalArgumentException(
            "a window's kernel, stride and dilation are at least 1 and its padding at least 0");
      }
    }

    /**
     * Returns how many windows there are in so many pixels.
     *
     * @throws IllegalArgumentException if there is room for none
     */
    public int outputs(int pixels) {
      int room = pixels + before + behind - (kernel - 1) * dilation - 1;
      if (room < 0) {
        throw new IllegalArgumentException(
            "a window of " + kernel + " does not fit " + pixels + " pixels and their padding");
      }
      return room / stride + 1;
    }
  }

  /** Returns a dense window that is padded by the same number of pixels on all sides. */
  public static Window square(int kernel, int stride, int padding) {
    Axis axis = new Axis(kernel, stride, padding, padding, 1);
    return new Window(axis, axis);
  }

  /** Returns a window of the whole image, for global pooling. */
  public static Window whole(ValueShape image) {
    return new Window(new Axis(image.height(), 1, 0, 0, 1), new Axis(image.width(), 1, 0, 0, 1));
  }

  /** Returns whether it sees a whole image and nothing else, as in global pooling. */
  public boolean isWhole(ValueShape image) {
    return equals(whole(image));
  }

  /**
   * Returns the shape of what it makes of an image.
   *
   * @throws IllegalArgumentException if it does not fit the image
   */
  public ValueShape over(ValueShape image, int channels) {
    if (image.row()) {
      throw new IllegalArgumentException("a window needs an image, not a row");
    }
    return ValueShape.image(channels, rows.outputs(image.height()), columns.outputs(image.width()));
  }
}
