package org.roundel.api.net;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A matrix product, y = Wx + b. It reads an image as a row in the order channel, row, column: what
 * other forms have a flattening for.
 *
 * @param name its name
 * @param input an image or a row
 * @param outputs the length of the output rows
 * @param weights the array [outputs, inputs]
 * @param bias the array [outputs], null for none
 */
public record Linear(String name, int input, int outputs, String weights, @Nullable String bias)
    implements Operation {
  @Override
  public String kind() {
    return "linear";
  }

  @Override
  public List<Integer> inputs() {
    return List.of(input);
  }

  @Override
  public ValueShape outputShape(List<ValueShape> inputs) {
    return ValueShape.row(outputs);
  }

  @Override
  public Map<String, List<Integer>> arrays(List<ValueShape> inputs) {
    Map<String, List<Integer>> arrays = new LinkedHashMap<>();
    arrays.put(weights, List.of(outputs, inputs.get(0).size()));
    if (bias != null) {
      arrays.put(bias, List.of(outputs));
    }
    return arrays;
  }
}
