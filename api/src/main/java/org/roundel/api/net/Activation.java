package org.roundel.api.net;

import java.util.List;
import java.util.Locale;

/**
 * A function of each number.
 *
 * @param name its name
 * @param input an image or a row
 * @param function the function
 * @param alpha its parameter α, 0 where it has none
 */
public record Activation(String name, int input, Function function, float alpha)
    implements Operation {
  /** A function of a number x. */
  public enum Function {
    /** max(x, 0) + α·min(x, 0); α is 0 for the plain rectifier. */
    RELU,
    /** x where x &gt; 0, else α·(exp(x) − 1). */
    ELU,
    /** tanh(x). */
    TANH,
    /** 1 / (1 + exp(−x)). */
    SIGMOID,
    /** log(1 + exp(α·x)) / α. */
    SOFTPLUS,
    /** x / (1 + exp(−α·x)). */
    SWISH
  }

  @Override
  public String kind() {
    return function.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<Integer> inputs() {
    return List.of(input);
  }

  @Override
  public ValueShape outputShape(List<ValueShape> inputs) {
    return inputs.get(0);
  }
}
