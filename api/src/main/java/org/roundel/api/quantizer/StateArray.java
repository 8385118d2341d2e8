package org.roundel.api.quantizer;

import org.roundel.api.ComponentFactory;

/**
 * Declares an array that a quantizer keeps beside each quantized parameter: a running average, a
 * step size, a scale.
 *
 * @param name the name in checkpoints, as in {@code step-size}; it matches {@link
 *     ComponentFactory#NAME_PATTERN} and is unique among the quantizer's arrays
 * @param extent how large the array is
 * @param learned whether the optimizer updates it, by the gradient that {@link Quantizer#gradient}
 *     writes for it; else only the quantizer's own hooks change it
 */
public record StateArray(String name, Extent extent, boolean learned) {
  /** How large an array is, by the parameter that it belongs to. */
  public enum Extent {
    /** One number for each weight; the parameter's own shape. */
    WEIGHTS,
    /** One number for each output channel, the parameter's first dimension. */
    CHANNELS,
    /** One number. */
    ONE
  }

  /** Checks the name. */
  public StateArray {
    if (!name.matches(ComponentFactory.NAME_PATTERN)) {
      throw new IllegalArgumentException(
          "state array name '" + name + "' does not match " + ComponentFactory.NAME_PATTERN);
    }
  }
}
