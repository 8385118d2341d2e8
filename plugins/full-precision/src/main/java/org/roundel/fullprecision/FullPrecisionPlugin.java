package org.roundel.fullprecision;

import java.util.List;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.quantizer.QuantizerFactory;

/** Offers the quantizer {@code none}. */
public final class FullPrecisionPlugin implements RoundelPlugin {
  @Override
  public List<QuantizerFactory> quantizers() {
    return List.of(new FullPrecisionFactory());
  }
}
