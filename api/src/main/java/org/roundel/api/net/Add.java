package org.roundel.api.net;

import java.util.List;

/**
 * The sum of two values of the same shape.
 *
 * @param name its name
 * @param left a value
 * @param right a value
 */
public record Add(String name, int left, int right) implements Operation {
  @Override
  public String kind() {
    return "add";
  }

  @Override
  public List<Integer> inputs() {
    return List.of(left, right);
  }

  @Override
  public ValueShape outputShape(List<ValueShape> inputs) {
    if (!inputs.get(0).equals(inputs.get(1))) {
      throw new IllegalArgumentException("it adds " + inputs.get(0) + " and " + inputs.get(1));
    }
    return inputs.get(0);
  }
}
