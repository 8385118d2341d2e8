package org.roundel.lsq;

import java.util.List;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.quantizer.QuantizerFactory;

/** Offers the quantizer {@code lsq}. */
public final class LsqPlugin implements RoundelPlugin {
  @Override
  public List<QuantizerFactory> quantizers() {
    return List.of(new LsqFactory());
  }
}
