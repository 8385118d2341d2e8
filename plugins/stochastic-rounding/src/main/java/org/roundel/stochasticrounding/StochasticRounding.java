package org.roundel.stochasticrounding;

import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.quantizer.Grid;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerProperty;

/**
 * Stochastic rounding (SR): after every update each weight goes to one of its two neighbours on the
 * grid, at random so that the mean is the updated weight.
 *
 * <p>w ← Q_s(w − step); with a ≤ w ≤ b neighbours on the grid, Q_s(w) = b with probability q =
 * (w−a)/(b−a), else a, independently for each weight. So E[Q_s(w)] = w, and E(Q_s(w)−w)² =
 * (b−a)²q(1−q). On the grid {−1, +1} a weight w changes sign with probability clip(step·w/2, 0, 1).
 * There are no latent weights: what the optimizer reads and writes is what the net computes with.
 * Training starts from values of the grid drawn uniformly, which on the binary grid is a fair coin
 * for each sign.
 *
 * <p>What it rounds is the float32 that the optimizer wrote. At |w| = 1 a step towards 0 of less
 * than 2^−25 = 3·10^−8 is lost before it gets here, so on {−1, +1} a flip probability below
 * 1.5·10^−8 is 0.
 *
 * <p>Source: Hao Li, Soham De, Zheng Xu, Christoph Studer, Hanan Samet, Tom Goldstein, <em>Training
 * Quantized Nets: A Deeper Understanding</em>, 2017.
 *
 * <p>When not to use it: where memory for a float32 copy of the weights is there while training.
 * There BinaryConnect reaches a lower error, as the paper reports, because a smaller learning rate
 * makes moves of stochastic rounding rarer but not better directed, so it goes on exploring and
 * does not settle. Large batches help it.
 */
final class StochasticRounding implements Quantizer {
  private final Grid grid;

  StochasticRounding(Grid grid) {
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
    grid.stochastic(weights, weights, context.random());
  }

  @Override
  public Set<QuantizerProperty> properties() {
    return Set.of(QuantizerProperty.IDEMPOTENT, QuantizerProperty.UNBIASED);
  }

  @Override
  public float[] levels() {
    return grid.levels();
  }
}
