package org.roundel.onednn.net;

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
   * @param kernel how many pixels it sees
   * @param stride pixels from one window to its neighbour
   * @param before pixels of padding before the image
   * @param behind pixels of padding behind it; may be negative where the last pixels are not used
   * @param dilation pixels from one that it sees to the next; 1 for a dense kernel
   */
  public record Axis(long kernel, long stride, long before, long behind, long dilation) {
    /** Checks the sizes. */
    public Axis {
      if (kernel < 1 || stride < 1 || dilation < 1 || before < 0) {
        throw new IllegalArgumentException(
            "a window's kernel, stride and dilation are at least 1 and its padding at least 0");
      }
    }

    /** Returns how many windows there are in so many pixels. */
    long outputs(long pixels) {
      return (pixels + before + behind - reach()) / stride + 1;
    }

    boolean fits(long pixels) {
      return pixels + before + behind >= reach();
    }

    private long reach() {
      return (kernel - 1) * dilation + 1;
    }
  }

  /** Returns a dense window that is padded by the same number of pixels on all sides. */
  public static Window square(long kernel, long stride, long padding) {
    Axis axis = new Axis(kernel, stride, padding, padding, 1);
    return new Window(axis, axis);
  }

  /** Returns a window of the whole image, for global pooling. */
  public static Window whole(Shape image) {
    return new Window(new Axis(image.height(), 1, 0, 0, 1), new Axis(image.width(), 1, 0, 0, 1));
  }

  /** Returns the shape of what it makes of an image. */
  public Shape over(Shape image, long channels) {
    return Shape.image(channels, rows.outputs(image.height()), columns.outputs(image.width()));
  }

  /** Returns whether the padded image has room for one window at least. */
  public boolean fits(Shape image) {
    return rows.fits(image.height()) && columns.fits(image.width());
  }

  /** Returns the kernel's size, [rows, columns] as all that follow. */
  public long[] kernel() {
    return new long[] {rows.kernel(), columns.kernel()};
  }

  /** Returns the strides. */
  public long[] strides() {
    return new long[] {rows.stride(), columns.stride()};
  }

  /** Returns how many pixels lie between two that it sees, as oneDNN counts: 0 if dense. */
  public long[] gaps() {
    return new long[] {rows.dilation() - 1, columns.dilation() - 1};
  }

  /** Returns the padding before the image. */
  public long[] before() {
    return new long[] {rows.before(), columns.before()};
  }

  /** Returns the padding behind it. */
  public long[] behind() {
    return new long[] {rows.behind(), columns.behind()};
  }
}
