package org.roundel.binaryconnect;

import java.util.ArrayList;
import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.quantizer.GridOptions;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;

/** Makes {@link BinaryConnect}. */
final class BinaryConnectFactory implements QuantizerFactory {
  private static final Option<String> ROUNDING =
      Option.choice(
          "rounding",
          "nearest",
          List.of("nearest", "stochastic"),
          "how the net's weights come from the latent ones; stochastic draws anew in every step");

  private static final Option<Boolean> CLIP =
      Option.flag(
          "clip", true, "clip the latent weights to the range of the grid after every update");

  @Override
  public String name() {
    return "binary-connect";
  }

  @Override
  public String description() {
    return "quantizes a float32 latent copy before every step and updates the copy; the usual choice";
  }

  @Override
  public List<Option<?>> options() {
    List<Option<?>> options = new ArrayList<>(GridOptions.ALL);
    options.add(ROUNDING);
    options.add(CLIP);
    return List.copyOf(options);
  }

  @Override
  public Quantizer create(Options options) {
    boolean stochastic = options.get(ROUNDING).equals("stochastic");
    return new BinaryConnect(GridOptions.grid(options), stochastic, options.get(CLIP));
  }
}
