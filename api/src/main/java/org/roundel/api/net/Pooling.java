package org.roundel.api.net;

import java.util.List;

/**
 * One number for each window of each channel. Global pooling is a window of the whole image, see
 * {@link Window#isWhole}.
 *
 * @param name its name
 * @param input an image
 * @param method how a window becomes a number
 * @param window kernel, stride, padding, dilation
 */
public record Pooling(String name, int input, Method method, Window window) implements Operation {
  /** How a pooling window becomes one number. */
  public enum Method {
    /** The largest number; padding never is. */
    MAXIMUM,
    /** The mean over the part of the window that lies in the image. */
    AVERAGE,
    /** The mean over the whole window, padding counted as zeros. */
    AVERAGE_WITH_PADDING
  }

  @Override
  public String kind() {
    return method == Method.MAXIMUM ? "max-pooling" : "average-pooling";
  }

  @Override
  public List<Integer> inputs() {
    return List.of(input);
  }

  @Override
  public ValueShape outputShape(List<ValueShape> inputs) {
    return window.over(inputs.get(0), inputs.get(0).channels());
  }
}
