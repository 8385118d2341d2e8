package org.roundel.lsq;

import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;

/** Makes {@link Lsq}. */
final class LsqFactory implements QuantizerFactory {
  private static final Option<Integer> BITS =
      Option.integer("bits", 4, 2, 8, "bits of a weight: 2^bits values in each layer");

  @Override
  public String name() {
    return "lsq";
  }

  @Override
  public String description() {
    return "learned step size: 2 to 8 bits, each layer's step size is trained with its weights";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(BITS);
  }

  @Override
  public Quantizer create(Options options) {
    return new Lsq(options.get(BITS));
  }
}
