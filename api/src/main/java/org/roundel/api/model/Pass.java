package org.roundel.api.model;

/** A part of a training step that one layer's arithmetic has. */
public enum Pass {
  /** From the layer's input to its output. */
  FORWARD,
  /** From the gradient of the layer's output to that of its input. */
  INPUT_GRADIENT,
  /** From the gradient of the layer's output to those of its trained arrays. */
  WEIGHTS_GRADIENT,
  /** Both gradients at once, or what is none of these, as the loss. */
  OTHER
}
