package org.roundel.api.training;

import org.roundel.api.ComponentFactory;

/**
 * Declares an array that a component keeps beside a parameter: a quantizer its step size or running
 * average, an optimizer its moments.
 *
 * @param name the name in checkpoints, as in {@code step-size}; it matches {@link
 *     ComponentFactory#NAME_PATTERN} and is unique among the component's arrays
 * @param extent how large the array is
 * @param learned whether the optimizer updates it, by the gradient that {@link
 *     org.roundel.api.quantizer.Quantizer#gradient} writes for it; else only the component that
 *     declares it writes it. An optimizer's own arrays are never learned.
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

  /** Returns the declaration of an array that only its own component writes. */
  public static StateArray kept(String name, Extent extent) {
    return new StateArray(name, extent, false);
  }

  /** Returns the declaration of a quantizer's array that the optimizer updates. */
  public static StateArray learned(String name, Extent extent) {
    return new StateArray(name, extent, true);
  }

  /** Checks the name. */
  public StateArray {
    if (!name.matches(ComponentFactory.NAME_PATTERN)) {
      throw new IllegalArgumentException(
          "state array name '" + name + "' does not match " + ComponentFactory.NAME_PATTERN);
    }
  }
}
