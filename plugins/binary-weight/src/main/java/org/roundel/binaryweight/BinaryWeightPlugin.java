package org.roundel.binaryweight;

import java.util.List;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.quantizer.QuantizerFactory;

/** Offers the quantizer {@code binary-weight}. */
public final class BinaryWeightPlugin implements RoundelPlugin {
  @Override
  public List<QuantizerFactory> quantizers() {
    return List.of(new BinaryWeightFactory());
  }
}
