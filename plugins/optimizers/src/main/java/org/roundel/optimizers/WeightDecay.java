package org.roundel.optimizers;

import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.model.ParameterPlace;

/**
 * How strongly weights are pulled to 0, and which: the options that all optimizers here share.
 *
 * <p>{@code decay=weights} leaves out batch normalisation, biases and arrays that a quantizer
 * learns, as in Tong He and others, <em>Bag of Tricks for Image Classification with Convolutional
 * Neural Networks</em>, 2019. When not to use it: to compare with a run of a program whose
 * optimizer was given all parameters in one group, as PyTorch's usually is.
 *
 * @param factor λ, at least 0
 * @param weightsOnly whether only weights of convolutions and linear layers are pulled
 */
record WeightDecay(double factor, boolean weightsOnly) {
  /** The factor λ of the weights that is added to the gradient. */
  static final Option<Double> PENALTY =
      Option.real(
          "weight-decay", 0, 0, 1, "this times the weights is added to the gradient (L2 penalty)");

  private static final String WEIGHTS = "weights";

  /** Which parameters decay. */
  static final Option<String> GROUP =
      Option.choice(
          "decay",
          "all",
          List.of("all", WEIGHTS),
          "what the weight decay acts on: all parameters, or weights of convolutions and linear"
              + " layers only");

  /** Of every parameter. */
  static WeightDecay ofAll(double factor) {
    return new WeightDecay(factor, false);
  }

  /** Returns what was asked for, with the factor under the name that the optimizer gives it. */
  static WeightDecay of(Options options, Option<Double> factor) {
    return new WeightDecay(options.get(factor), options.get(GROUP).equals(WEIGHTS));
  }

  /** Returns λ for a parameter: 0 if it is not one that decays. */
  double of(ParameterPlace parameter) {
    return weightsOnly && !parameter.role().isWeight() ? 0 : factor;
  }
}
