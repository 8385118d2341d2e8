package org.roundel.fullprecision;

import org.roundel.api.Options;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;

/** Makes {@link FullPrecision} under the name {@code none}. */
final class FullPrecisionFactory implements QuantizerFactory {
  @Override
  public String name() {
    return "none";
  }

  @Override
  public String description() {
    return "full precision: float32 weights, as the baseline to compare the others with";
  }

  @Override
  public Quantizer create(Options options) {
    return new FullPrecision();
  }
}
