package org.roundel.binaryrelax;

import java.util.List;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.quantizer.QuantizerFactory;

/** Offers the quantizer {@code binary-relax}. */
public final class BinaryRelaxPlugin implements RoundelPlugin {
  @Override
  public List<QuantizerFactory> quantizers() {
    return List.of(new BinaryRelaxFactory());
  }
}
