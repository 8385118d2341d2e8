package org.roundel.deterministicrounding;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.quantizer.Grid;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;

/**
 * Deterministic rounding (R): after every update each weight goes to the nearest value of the grid.
 *
 * <p>w ← Q_d(w − step), with Q_d(w) = sign(w)·Δ·⌊|w|/Δ + ½⌋; on the binary grid Q_d(w) = sign(w)·s
 * with sign(0) = +1. There are no latent weights: what the optimizer reads and writes is what the
 * net computes with. Training starts from values of the grid drawn uniformly, which on the binary
 * grid is a fair coin for each sign.
 *
 * <p>Source: Hao Li, Soham De, Zheng Xu, Christoph Studer, Hanan Samet, Tom Goldstein, <em>Training
 * Quantized Nets: A Deeper Understanding</em>, 2017.
 *
 * <p>When not to use it: whenever updates are smaller than Δ/2, for then no weight ever moves. On
 * the grid {−1, +1} a weight changes sign only where step·w exceeds 1, which Adam at the usual
 * rates never reaches; such a net trains its other parameters around fixed random filters. It is
 * here as the baseline that shows what stochastic rounding and latent weights are for.
 */
final class DeterministicRounding implements Quantizer {
  private final Grid grid;

  DeterministicRounding(Grid grid) {
    this.grid = grid;
  }

  @Override
  public boolean keepsLatentWeights() {
    return false;
  }

  @Override
  public void initialize(INDArray weights, QuantizationContext context) {
    grid.draw(weights, context.random());
  }

  @Override
  public void afterUpdate(INDArray weights, QuantizationContext context) {
    grid.nearest(weights, weights);
  }

  @Override
  public float[] levels() {
    return grid.levels();
  }
}
