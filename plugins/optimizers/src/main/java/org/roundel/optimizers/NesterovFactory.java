package org.roundel.optimizers;

import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.optimizer.OptimizerFactory;

/** Makes {@link Momentum} in Nesterov's form under the name {@code nesterov}. */
final class NesterovFactory implements OptimizerFactory {
  private static final Option<Double> MOMENTUM =
      Option.positive("momentum", 0.9, 0.9999, "share of the last velocity that is kept");

  @Override
  public String name() {
    return "nesterov";
  }

  @Override
  public String description() {
    return "stochastic gradient descent with Nesterov's momentum";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(MOMENTUM, WeightDecay.PENALTY, WeightDecay.GROUP);
  }

  @Override
  public Optimizer create(Options options) {
    return new Momentum(options.get(MOMENTUM), WeightDecay.of(options, WeightDecay.PENALTY), true);
  }
}
