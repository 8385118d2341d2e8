package org.roundel.optimizers;

import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.optimizer.OptimizerFactory;

/** Makes {@link Sgd} under the name {@code sgd}. */
final class SgdFactory implements OptimizerFactory {
  private static final Option<Double> MOMENTUM =
      Option.real("momentum", 0, 0, 0.9999, "share of the last velocity that is kept; 0 for none");

  @Override
  public String name() {
    return "sgd";
  }

  @Override
  public String description() {
    return "stochastic gradient descent, with momentum if wanted";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(MOMENTUM, WeightDecay.PENALTY, WeightDecay.GROUP);
  }

  @Override
  public Optimizer create(Options options) {
    double momentum = options.get(MOMENTUM);
    WeightDecay weightDecay = WeightDecay.of(options, WeightDecay.PENALTY);
    return momentum == 0 ? new Sgd(weightDecay) : new Momentum(momentum, weightDecay, false);
  }
}
