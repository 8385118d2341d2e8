package org.roundel.bop;

import java.util.List;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.quantizer.Grid;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;

/** Makes {@link Bop}. */
final class BopFactory implements QuantizerFactory {
  private static final Option<Double> SCALE =
      Option.positive("scale", 1, 1e6, "the weights are -scale and +scale");

  private static final Option<Double> GAMMA =
      Option.positive(
          "gamma", 1e-4, 1, "share of each new gradient in the average; 0.0001 in the paper");

  private static final Option<Double> GAMMA_DECAY =
      Option.positive(
          "gamma-decay",
          1,
          1,
          "what gamma is multiplied by over the whole run, geometrically; 0.0001 in the paper's"
              + " longest run");

  private static final Option<Double> THRESHOLD =
      Option.real(
          "threshold",
          1e-8,
          0,
          1e6,
          "how large the average must be for a flip; 1e-8 in the paper, 1e-6 in the second's code");

  private static final Option<String> ORDER =
      Option.choice(
          "order",
          "first",
          List.of("first", "second"),
          "compare the threshold with the average, or with that divided by the gradients' size");

  private static final Option<Double> SIGMA =
      Option.positive(
          "sigma", 0.01, 1, "second order: share of each new gradient's square in their average");

  @Override
  public String name() {
    return "bop";
  }

  @Override
  public String description() {
    return "binary weights that flip by an average of their gradients; neither latent weights nor"
        + " optimizer for them";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(SCALE, GAMMA, GAMMA_DECAY, THRESHOLD, ORDER, SIGMA);
  }

  @Override
  public Quantizer create(Options options) {
    boolean second = options.get(ORDER).equals("second");
    if (!second && options.isGiven(SIGMA)) {
      throw new InvalidInputException(
          "option 'sigma' is given, but order=first does not use it; remove it or set"
              + " order=second");
    }
    return new Bop(
        Grid.binary(options.get(SCALE)),
        options.get(GAMMA),
        options.get(GAMMA_DECAY),
        options.get(THRESHOLD),
        second ? options.get(SIGMA) : 0);
  }
}
