package org.roundel.onednn;

/**
 * What part of an image one output pixel of a convolution or pooling sees.
 *
 * @param kernelHeight rows
 * @param kernelWidth columns
 * @param strideHeight rows between neighbouring windows
 * @param strideWidth columns between neighbouring windows
 * @param top rows of padding above the image
 * @param left columns of padding before the image
 * @param bottom rows of padding below; may be negative where the last rows are not used
 * @param right columns of padding behind; may be negative likewise
 * @param dilationHeight rows from one row of the kernel to the next; 1 for a dense kernel
 * @param dilationWidth columns from one column of the kernel to the next; 1 for a dense kernel
 */
public record Window(
    long kernelHeight,
    long kernelWidth,
    long strideHeight,
    long strideWidth,
    long top,
    long left,
    long bottom,
    long right,
    long dilationHeight,
    long dilationWidth) {
  /** Checks the sizes. */
  public Window {
    if (kernelHeight < 1
        || kernelWidth < 1
        || strideHeight < 1
        || strideWidth < 1
        || dilationHeight < 1
        || dilationWidth < 1
        || top < 0
        || left < 0) {
      throw new IllegalArgumentException(
          "a window's kernel, stride and dilation are at least 1 and its padding at least 0");
    }
  }

  /** Returns a dense window that is padded by the same number of pixels on all sides. */
  public static Window square(long kernel, long stride, long padding) {
    return new Window(kernel, kernel, stride, stride, padding, padding, padding, padding, 1, 1);
  }

  /** Returns a window of the whole image, for global pooling. */
  public static Window whole(Shape image) {
    return new Window(image.height(), image.width(), 1, 1, 0, 0, 0, 0, 1, 1);
  }

  long outputHeight(long height) {
    return (height + top + bottom - (kernelHeight - 1) * dilationHeight - 1) / strideHeight + 1;
  }

  long outputWidth(long width) {
    return (width + left + right - (kernelWidth - 1) * dilationWidth - 1) / strideWidth + 1;
  }

  boolean fits(Shape image) {
    return image.height() + top + bottom >= (kernelHeight - 1) * dilationHeight + 1
        && image.width() + left + right >= (kernelWidth - 1) * dilationWidth + 1;
  }
}
