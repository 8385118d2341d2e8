package org.roundel.optimizers;

import org.roundel.api.Option;

/** The option that all optimizers here share. */
final class WeightDecay {
  /** The factor λ of the weights that is added to the gradient. */
  static final Option<Double> OPTION =
      Option.real(
          "weight-decay", 0, 0, 1, "this times the weights is added to the gradient (L2 penalty)");

  private WeightDecay() {}
}
