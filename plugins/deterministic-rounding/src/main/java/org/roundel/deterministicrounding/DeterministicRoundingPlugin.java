package org.roundel.deterministicrounding;

import java.util.List;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.quantizer.QuantizerFactory;

/** Offers the quantizer {@code deterministic-rounding}. */
public final class DeterministicRoundingPlugin implements RoundelPlugin {
  @Override
  public List<QuantizerFactory> quantizers() {
    return List.of(new DeterministicRoundingFactory());
  }
}
