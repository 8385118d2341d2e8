package org.roundel.onednn;

import org.jspecify.annotations.Nullable;

/**
 * One operation of a {@link Graph}. Its inputs are values of the graph, by number; its output is
 * the value that {@link Graph.Builder#add} returns. Names appear in messages and profiles.
 */
public sealed interface Operation {
  /** Returns the name that the net's author knows it by. */
  String name();

  /** Returns the numbers of the values it reads. */
  int[] inputs();

  /**
   * A two-dimensional convolution (cross-correlation, as everywhere in the field).
   *
   * @param name its name
   * @param input an image
   * @param channels output channels
   * @param window kernel, stride, padding and dilation
   * @param weights [output channels, input channels, kernel height, kernel width]
   * @param bias [output channels], null for none
   */
  record Convolution(
      String name, int input, long channels, Window window, Slice weights, @Nullable Slice bias)
      implements Operation {
    @Override
    public int[] inputs() {
      return new int[] {input};
    }
  }

  /**
   * Batch normalisation of each channel, (x − mean) / √(variance + ε) · scale + shift (Ioffe,
   * Szegedy, 2015). Training uses the batch's mean and biased variance, and moves the running ones:
   * running ← decay · running + (1 − decay) · batch, with the batch's unbiased variance. Inference
   * uses the running ones.
   *
   * @param name its name
   * @param input an image or a row
   * @param scale [channels], null for 1
   * @param shift [channels], null for 0; given exactly if scale is
   * @param mean the running mean [channels], no gradient
   * @param variance the running variance [channels], no gradient
   * @param epsilon ε
   * @param decay how much of the running statistics a step keeps, 0 to 1
   */
  record BatchNormalization(
      String name,
      int input,
      @Nullable Slice scale,
      @Nullable Slice shift,
      Slice mean,
      Slice variance,
      float epsilon,
      float decay)
      implements Operation {
    @Override
    public int[] inputs() {
      return new int[] {input};
    }
  }

  /**
   * A function of each number.
   *
   * @param name its name
   * @param input an image or a row
   * @param function the function
   * @param alpha its parameter, see there
   */
  record Activation(String name, int input, ActivationFunction function, float alpha)
      implements Operation {
    @Override
    public int[] inputs() {
      return new int[] {input};
    }
  }

  /**
   * The sum of two values of the same shape.
   *
   * @param name its name
   * @param left a value
   * @param right a value
   */
  record Add(String name, int left, int right) implements Operation {
    @Override
    public int[] inputs() {
      return new int[] {left, right};
    }
  }

  /**
   * Every {@code stride}-th row and column, followed by channels of zeros.
   *
   * @param name its name
   * @param input an image
   * @param stride at least 1
   * @param channels output channels, at least those of the input
   */
  record ZeroPaddedShortcut(String name, int input, long stride, long channels)
      implements Operation {
    @Override
    public int[] inputs() {
      return new int[] {input};
    }
  }

  /** How a pooling window becomes one number. */
  enum PoolingMethod {
    /** The largest number; padding never is. */
    MAXIMUM,
    /** The mean over the part of the window that lies in the image. */
    AVERAGE,
    /** The mean over the whole window, padding counted as zeros. */
    AVERAGE_WITH_PADDING
  }

  /**
   * Pooling of each channel.
   *
   * @param name its name
   * @param input an image
   * @param method how
   * @param window kernel, stride and padding
   */
  record Pooling(String name, int input, PoolingMethod method, Window window) implements Operation {
    @Override
    public int[] inputs() {
      return new int[] {input};
    }
  }

  /**
   * A matrix product. An image is read as a row, channel by channel.
   *
   * @param name its name
   * @param input an image or a row
   * @param outputs the length of the output rows
   * @param weights [outputs, inputs]
   * @param bias [outputs], null for none
   */
  record Linear(String name, int input, long outputs, Slice weights, @Nullable Slice bias)
      implements Operation {
    @Override
    public int[] inputs() {
      return new int[] {input};
    }
  }

  /**
   * Inverted dropout: in training each number is kept with a probability and divided by it, else 0;
   * in inference nothing happens.
   *
   * @param name its name
   * @param input an image or a row
   * @param keep the probability of being kept, above 0, at most 1
   */
  record Dropout(String name, int input, float keep) implements Operation {
    @Override
    public int[] inputs() {
      return new int[] {input};
    }
  }
}
