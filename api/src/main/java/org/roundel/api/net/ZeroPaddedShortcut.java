package org.roundel.api.net;

import java.util.List;

/**
 * Every {@code stride}-th row and column, followed by channels of zeros: out[c, i, j] = in[c,
 * i·stride, j·stride] for the channels of the input, else 0.
 *
 * @param name its name
 * @param input an image
 * @param stride at least 1
 * @param channels output channels, at least those of the input
 */
public record ZeroPaddedShortcut(String name, int input, int stride, int channels)
    implements Operation {
  @Override
  public String kind() {
    return "zero-padded-shortcut";
  }

  @Override
  public List<Integer> inputs() {
    return List.of(input);
  }

  @Override
  public ValueShape outputShape(List<ValueShape> inputs) {
    ValueShape in = inputs.get(0);
    if (in.row() || stride < 1 || channels < in.channels()) {
      throw new IllegalArgumentException(
          "it takes stride " + stride + " and goes from " + in + " to " + channels + " channels");
    }
    return ValueShape.image(
        channels, (in.height() + stride - 1) / stride, (in.width() + stride - 1) / stride);
  }
}
