package org.roundel.binaryconnect;

import java.util.List;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.quantizer.QuantizerFactory;

/** Offers the quantizer {@code binary-connect}. */
public final class BinaryConnectPlugin implements RoundelPlugin {
  @Override
  public List<QuantizerFactory> quantizers() {
    return List.of(new BinaryConnectFactory());
  }
}
