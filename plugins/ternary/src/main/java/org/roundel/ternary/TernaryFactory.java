package org.roundel.ternary;

import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;

/** Makes {@link Ternary}. */
final class TernaryFactory implements QuantizerFactory {
  // Less than 1, or a layer whose weights are all of one size would vanish.
  private static final Option<Double> THRESHOLD =
      Option.real(
          "threshold",
          0.7,
          0,
          0.99,
          "weights up to this times the layer's mean magnitude become 0; 0.7 in the paper");

  @Override
  public String name() {
    return "ternary";
  }

  @Override
  public String description() {
    return "weights -a, 0 and +a with a scale a of each layer (TWN); for two bits at little loss";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(THRESHOLD);
  }

  @Override
  public Quantizer create(Options options) {
    return new Ternary(options.get(THRESHOLD));
  }
}
