package org.roundel.optimizers;

import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.optimizer.OptimizerFactory;

/** Makes {@link Adam}, under the names {@code adam} and {@code adamw}. */
final class AdamFactory implements OptimizerFactory {
  private static final Option<Double> BETA1 =
      Option.real("beta1", 0.9, 0, 0.999999, "share of the last mean of gradients that is kept");

  private static final Option<Double> BETA2 =
      Option.real(
          "beta2", 0.999, 0, 0.999999, "share of the last mean of squared gradients that is kept");

  private static final Option<Double> EPSILON =
      Option.positive("epsilon", 1e-8, 1, "added to the root in the denominator");

  private static final Option<Double> DECOUPLED =
      Option.real(
          "weight-decay",
          0.01,
          0,
          1,
          "this times the learning rate is the share of the weights that an update takes off them");

  private final boolean decoupled;

  /**
   * Makes a factory.
   *
   * @param decoupled whether weights decay beside Adam's step, as in AdamW, or by its gradient
   */
  AdamFactory(boolean decoupled) {
    this.decoupled = decoupled;
  }

  @Override
  public String name() {
    return decoupled ? "adamw" : "adam";
  }

  @Override
  public String description() {
    return decoupled
        ? "Adam with a weight decay that its denominator does not scale (AdamW)"
        : "Adam: steps of about the learning rate for every weight, whatever its gradient's scale";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(BETA1, BETA2, EPSILON, weightDecay(), WeightDecay.GROUP);
  }

  @Override
  public Optimizer create(Options options) {
    return new Adam(
        options.get(BETA1),
        options.get(BETA2),
        options.get(EPSILON),
        WeightDecay.of(options, weightDecay()),
        decoupled);
  }

  private Option<Double> weightDecay() {
    return decoupled ? DECOUPLED : WeightDecay.PENALTY;
  }
}
