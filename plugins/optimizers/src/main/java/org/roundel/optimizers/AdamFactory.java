package org.roundel.optimizers;

import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.optimizer.OptimizerFactory;

/** Makes {@link Adam}. */
final class AdamFactory implements OptimizerFactory {
  private static final Option<Double> BETA1 =
      Option.real("beta1", 0.9, 0, 0.999999, "share of the last mean of gradients that is kept");

  private static final Option<Double> BETA2 =
      Option.real(
          "beta2", 0.999, 0, 0.999999, "share of the last mean of squared gradients that is kept");

  private static final Option<Double> EPSILON =
      Option.positive("epsilon", 1e-8, 1, "added to the root in the denominator");

  @Override
  public String name() {
    return "adam";
  }

  @Override
  public String description() {
    return "Adam: steps of about the learning rate for every weight, whatever its gradient's scale";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(BETA1, BETA2, EPSILON, WeightDecay.OPTION);
  }

  @Override
  public Optimizer create(Options options) {
    return new Adam(
        options.get(BETA1),
        options.get(BETA2),
        options.get(EPSILON),
        options.get(WeightDecay.OPTION));
  }
}
