package org.roundel.ttq;

import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;

/** Makes {@link Ttq}. */
final class TtqFactory implements QuantizerFactory {
  // Less than 1, or a layer whose weights are all of one size would vanish.
  private static final Option<Double> THRESHOLD =
      Option.real(
          "threshold",
          0.05,
          0,
          0.99,
          "weights up to this times the layer's largest magnitude become 0; 0.05 in the paper");

  @Override
  public String name() {
    return "ttq";
  }

  @Override
  public String description() {
    return "weights -n, 0 and +p with two trained scales of each layer (TTQ); best from a trained net";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(THRESHOLD);
  }

  @Override
  public Quantizer create(Options options) {
    return new Ttq(options.get(THRESHOLD));
  }
}
