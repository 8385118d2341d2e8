package org.roundel.hesign;

import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.quantizer.GradientEstimator;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;

/** Makes {@link HeSign}. */
final class HeSignFactory implements QuantizerFactory {
  @Override
  public String name() {
    return "he-sign";
  }

  @Override
  public String description() {
    return "weights -a and +a, a = sqrt(2/fan-in) fixed for each layer; the simplest strong 1-bit method";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(GradientEstimator.OPTION);
  }

  @Override
  public Quantizer create(Options options) {
    return new HeSign(GradientEstimator.of(options));
  }
}
