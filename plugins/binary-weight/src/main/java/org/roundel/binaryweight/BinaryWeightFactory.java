package org.roundel.binaryweight;

import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;

/** Makes {@link BinaryWeight}. */
final class BinaryWeightFactory implements QuantizerFactory {
  private static final Option<String> GRADIENT =
      Option.choice(
          "gradient",
          "full",
          List.of("full", "straight-through"),
          "what the latent weights get: the derivative through scale and sign, or the net's own gradient");

  @Override
  public String name() {
    return "binary-weight";
  }

  @Override
  public String description() {
    return "weights -a and +a with a scale a of each filter (BWN of XNOR-Net); for one bit at little loss";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(GRADIENT);
  }

  @Override
  public Quantizer create(Options options) {
    return new BinaryWeight(options.get(GRADIENT).equals("full"));
  }
}
