package org.roundel.stochasticrounding;

import java.util.List;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.quantizer.QuantizerFactory;

/** Offers the quantizer {@code stochastic-rounding}. */
public final class StochasticRoundingPlugin implements RoundelPlugin {
  @Override
  public List<QuantizerFactory> quantizers() {
    return List.of(new StochasticRoundingFactory());
  }
}
