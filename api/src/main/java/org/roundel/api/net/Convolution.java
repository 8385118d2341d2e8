package org.roundel.api.net;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A two-dimensional convolution (cross-correlation, as everywhere in the field), without groups:
 * every output channel sees every input channel.
 *
 * @param name its name
 * @param input an image
 * @param channels output channels
 * @param window kernel, stride, padding with zeros, dilation
 * @param weights the array [output channels, input channels, kernel height, kernel width]
 * @param bias the array [output channels], null for none
 */
public record Convolution(
    String name, int input, int channels, Window window, String weights, @Nullable String bias)
    implements Operation {
  @Override
  public String kind() {
    return "convolution";
  }

  @Override
  public List<Integer> inputs() {
    return List.of(input);
  }

  @Override
  public ValueShape outputShape(List<ValueShape> inputs) {
    return window.over(inputs.get(0), channels);
  }

  @Override
  public Map<String, List<Integer>> arrays(List<ValueShape> inputs) {
    Map<String, List<Integer>> arrays = new LinkedHashMap<>();
    arrays.put(
        weights,
        List.of(
            channels, inputs.get(0).channels(), window.rows().kernel(), window.columns().kernel()));
    if (bias != null) {
      arrays.put(bias, List.of(channels));
    }
    return arrays;
  }
}
