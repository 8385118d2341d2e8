package org.roundel.fullprecision;

import org.roundel.api.quantizer.Quantizer;

/**
 * Quantizes nothing: w ← w − step, in float32, from the model's own initial weights.
 *
 * <p>It is the baseline of Hao Li, Soham De, Zheng Xu, Christoph Studer, Hanan Samet, Tom
 * Goldstein, <em>Training Quantized Nets: A Deeper Understanding</em>, 2017. Not for a net that has
 * to be small or run without multiplications.
 */
final class FullPrecision implements Quantizer {
  @Override
  public boolean keepsLatentWeights() {
    return false;
  }
}
