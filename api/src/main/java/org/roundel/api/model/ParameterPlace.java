package org.roundel.api.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Which parameter of a net a hook or an update is called for.
 *
 * @param name the parameter's name; of an array that a quantizer learns beside it, that name with
 *     the array's, as in {@code conv1/weight/step-size}
 * @param role what it is in the net; of an array that a quantizer learns, {@link
 *     ParameterRole#OTHER}
 * @param layer its place among the layers that have weights, counted from 0 in the order of {@link
 *     Model#parameters()}: a bias or the scale of a normalisation goes with the weights before it
 * @param layers how many layers have weights; at least 1
 */
public record ParameterPlace(String name, ParameterRole role, int layer, int layers) {
  /** Checks the ranges. */
  public ParameterPlace {
    if (layer < 0 || layer >= layers) {
      throw new IllegalArgumentException("layer " + layer + " of " + layers);
    }
  }

  /**
   * Returns the places of a net's parameters.
   *
   * @param parameters what {@link Model#parameters()} returns
   * @return one for each, in that order
   */
  public static List<ParameterPlace> of(List<Parameter> parameters) {
    int layers = 0;
    for (Parameter parameter : parameters) {
      layers += parameter.role().isWeight() ? 1 : 0;
    }
    List<ParameterPlace> places = new ArrayList<>();
    int weights = 0;
    for (Parameter parameter : parameters) {
      weights += parameter.role().isWeight() ? 1 : 0;
      places.add(
          new ParameterPlace(
              parameter.name(), parameter.role(), Math.max(0, weights - 1), Math.max(1, layers)));
    }
    return List.copyOf(places);
  }

  /** Returns the place of an array that a quantizer learns beside this parameter. */
  public ParameterPlace ofLearned(String array) {
    return new ParameterPlace(name + "/" + array, ParameterRole.OTHER, layer, layers);
  }
}
