package org.roundel.api.model;

import org.roundel.api.ComponentFactory;

/** Makes a {@link Model}. */
public interface ModelFactory extends ComponentFactory {
  /**
   * Makes a model with its initial weights.
   *
   * @throws org.roundel.api.InvalidInputException if the net cannot be built for this input; the
   *     message names the layer and why
   */
  Model create(ModelRequest request);
}
