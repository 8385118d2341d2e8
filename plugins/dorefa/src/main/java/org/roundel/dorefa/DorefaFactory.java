package org.roundel.dorefa;

import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;

/** Makes {@link Dorefa}, or {@link ScaledSign} for one bit. */
final class DorefaFactory implements QuantizerFactory {
  private static final Option<Integer> BITS =
      Option.integer(
          "bits", 2, 1, 8, "bits of a weight; 1 for the sign times the layer's mean magnitude");

  @Override
  public String name() {
    return "dorefa";
  }

  @Override
  public String description() {
    return "2^bits even steps from -1 to 1, of weights squashed by tanh (DoReFa-Net); for nets with batch normalisation";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(BITS);
  }

  @Override
  public Quantizer create(Options options) {
    int bits = options.get(BITS);
    return bits == 1 ? new ScaledSign() : new Dorefa(bits);
  }
}
