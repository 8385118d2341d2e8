package org.roundel.swalp;

import java.util.List;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.quantizer.QuantizerFactory;

/** Offers the quantizer {@code swalp}. */
public final class SwalpPlugin implements RoundelPlugin {
  @Override
  public List<QuantizerFactory> quantizers() {
    return List.of(new SwalpFactory());
  }
}
