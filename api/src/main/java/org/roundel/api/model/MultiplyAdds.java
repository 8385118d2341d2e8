package org.roundel.api.model;

/**
 * How many products a net or a layer adds up for one image: the multiply-adds of convolutions and
 * linear layers, each of them two floating-point operations.
 *
 * <p>The count is of the direct algorithm, where every weight of a window is multiplied at every
 * position, also where the window reaches into the padding; so it belongs to the net and not to
 * what runs it. Biases, normalisation, activations, pooling and the loss are not counted.
 *
 * @param forward in the forward pass, at least 0
 * @param backward in the backward pass, at least 0: as many as forward for the gradient of the
 *     weights, and as many again for the gradient of the layer's input, except in layers that have
 *     no trained parameter before them, where nobody needs it
 */
public record MultiplyAdds(long forward, long backward) {
  /** Of what multiplies nothing, as an activation. */
  public static final MultiplyAdds NONE = new MultiplyAdds(0, 0);

  /** Checks the ranges. */
  public MultiplyAdds {
    if (forward < 0 || backward < 0) {
      throw new IllegalArgumentException("multiply-adds " + forward + " and " + backward);
    }
  }

  /** Returns the sum of two counts. */
  public MultiplyAdds plus(MultiplyAdds other) {
    return new MultiplyAdds(forward + other.forward, backward + other.backward);
  }

  /** Returns the count of both passes, which is that of one training image. */
  public long training() {
    return forward + backward;
  }
}
