package org.roundel.stochasticrounding;

import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.quantizer.GridOptions;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;

/** Makes {@link StochasticRounding}. */
final class StochasticRoundingFactory implements QuantizerFactory {
  @Override
  public String name() {
    return "stochastic-rounding";
  }

  @Override
  public String description() {
    return "rounds each updated weight up or down at random, right on average; needs no float32 copy of the weights";
  }

  @Override
  public List<Option<?>> options() {
    return GridOptions.ALL;
  }

  @Override
  public Quantizer create(Options options) {
    return new StochasticRounding(GridOptions.grid(options));
  }
}
