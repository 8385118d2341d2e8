package org.roundel.api.model;

/** What a parameter is in a net; it decides which parameters a run quantizes. */
public enum ParameterRole {
  /** The weights of a convolution, shape [output channels, input channels, height, width]. */
  CONVOLUTION_WEIGHT,
  /** The weights of a linear (dense, fully connected) layer, shape [outputs, inputs]. */
  LINEAR_WEIGHT,
  /** What a layer adds to its output, shape [outputs]. */
  BIAS,
  /** The scale or shift of a normalisation layer, shape [channels]. */
  NORMALISATION,
  /** Anything else that is trained. */
  OTHER;

  /** Returns whether this is the weights of a layer: of a convolution or a linear layer. */
  public boolean isWeight() {
    return this == CONVOLUTION_WEIGHT || this == LINEAR_WEIGHT;
  }
}
