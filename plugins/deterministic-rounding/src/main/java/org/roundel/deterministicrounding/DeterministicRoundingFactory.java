package org.roundel.deterministicrounding;

import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.quantizer.GridOptions;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;

/** Makes {@link DeterministicRounding}. */
final class DeterministicRoundingFactory implements QuantizerFactory {
  @Override
  public String name() {
    return "deterministic-rounding";
  }

  @Override
  public String description() {
    return "rounds each updated weight to the nearest grid value; small updates are lost, so mostly a baseline";
  }

  @Override
  public List<Option<?>> options() {
    return GridOptions.ALL;
  }

  @Override
  public Quantizer create(Options options) {
    return new DeterministicRounding(GridOptions.grid(options));
  }
}
