package org.roundel.proxquant;

import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.quantizer.Grid;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;

/** Makes {@link ProxQuant}. */
final class ProxQuantFactory implements QuantizerFactory {
  private static final Option<Double> SCALE =
      Option.positive("scale", 1, 1e6, "the weights end at -scale and +scale");

  private static final Option<Double> STRENGTH =
      Option.positive(
          "strength",
          1,
          1e6,
          "pull towards the two values when weights are frozen; it grows from 0 in a line");

  private static final Option<Double> FREEZE_AT =
      Option.real(
          "freeze-at", 0.67, 0, 1, "share of the run after which the weights are binary and stay");

  @Override
  public String name() {
    return "prox-quant";
  }

  @Override
  public String description() {
    return "trains full-precision weights that are pulled harder and harder to two values, then"
        + " frozen";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(SCALE, STRENGTH, FREEZE_AT);
  }

  @Override
  public Quantizer create(Options options) {
    return new ProxQuant(
        Grid.binary(options.get(SCALE)), options.get(STRENGTH), options.get(FREEZE_AT));
  }
}
