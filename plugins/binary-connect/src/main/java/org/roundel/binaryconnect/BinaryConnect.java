package org.roundel.binaryconnect;

import java.nio.FloatBuffer;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Chunks;
import org.roundel.api.Tensors;
import org.roundel.api.quantizer.GradientEstimator;
import org.roundel.api.quantizer.Grid;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerProperty;

/**
 * BinaryConnect (BC): the net computes with quantized weights, and its gradient updates a
 * full-precision latent copy of them.
 *
 * <p>w_r ← clip(w_r − step(∇f(Q(w_r)))). Q is nearest rounding, Q_d(w) = sign(w)·Δ·⌊|w|/Δ + ½⌋ or
 * on the binary grid sign(w)·s with sign(0) = +1; or stochastic rounding, with E[Q_s(w)] = w, drawn
 * anew in every step; on the grid {−1, +1} that is P(+1) = clip((w+1)/2, 0, 1), the paper's hard
 * sigmoid. The gradient with respect to Q(w_r) is taken for that with respect to w_r (the
 * straight-through estimator), or with nearest rounding on the binary grid what another {@link
 * GradientEstimator} makes of it. The clip goes to the lowest and highest value of the grid;
 * without it a latent weight can drift so far that its sign hardly changes again. Latent weights
 * start uniform in the clip range. The net is evaluated, as it is used later, with Q(w_r).
 *
 * <p>Sources: Matthieu Courbariaux, Yoshua Bengio, Jean-Pierre David, <em>BinaryConnect: Training
 * Deep Neural Networks with binary weights during propagations</em>, 2015; for other grids Hao Li,
 * Soham De, Zheng Xu, Christoph Studer, Hanan Samet, Tom Goldstein, <em>Training Quantized Nets: A
 * Deeper Understanding</em>, 2017.
 *
 * <p>The published code of the first paper also multiplies each layer's learning rate by a Glorot
 * factor, a constant of its fan-in and fan-out. That is not done here: a quantizer can scale the
 * gradient but not the learning rate, which is the same for SGD but has no effect with Adam, whose
 * step does not depend on the gradient's scale.
 *
 * <p>When not to use it: where there is no memory for a float32 copy of the weights while training.
 * Nor with weight decay: it pulls latent weights to 0, where noise decides their signs.
 */
final class BinaryConnect implements Quantizer {
  private final Grid grid;
  private final boolean stochastic;
  private final boolean clip;
  private final GradientEstimator estimator;

  /**
   * Makes the quantizer.
   *
   * @param estimator for a grid that is not binary, or with stochastic rounding, straight through
   */
  BinaryConnect(Grid grid, boolean stochastic, boolean clip, GradientEstimator estimator) {
    this.grid = grid;
    this.stochastic = stochastic;
    this.clip = clip;
    this.estimator = estimator;
  }

  @Override
  public boolean keepsLatentWeights() {
    return true;
  }

  @Override
  public void initialize(INDArray weights, QuantizationContext context) {
    grid.drawInRange(weights, context.random());
  }

  @Override
  public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
    if (stochastic) {
      grid.stochastic(latent, weights, context.random());
    } else {
      grid.nearest(latent, weights);
    }
  }

  @Override
  public void gradient(INDArray weights, INDArray gradient, QuantizationContext context) {
    estimator.apply(weights, gradient, grid.highest(), context.moment().progress());
  }

  @Override
  public void afterUpdate(INDArray weights, QuantizationContext context) {
    if (!clip) {
      return;
    }
    FloatBuffer values = Tensors.floats(weights);
    float lowest = grid.lowest();
    float highest = grid.highest();
    Chunks.run(
        values.capacity(),
        chunk -> {
          float[] scratch = chunk.load(0, values);
          clip(scratch, chunk.length(), lowest, highest);
          chunk.store(scratch, values);
        });
  }

  private static void clip(float[] values, int length, float lowest, float highest) {
    for (int index = 0; index < length; index++) {
      // NaN stays NaN in both, so that divergence is seen.
      values[index] = Math.max(lowest, Math.min(highest, values[index]));
    }
  }

  @Override
  public Set<QuantizerProperty> properties() {
    return stochastic
        ? Set.of(QuantizerProperty.IDEMPOTENT, QuantizerProperty.UNBIASED)
        : Set.of(QuantizerProperty.IDEMPOTENT);
  }

  @Override
  public float[] levels() {
    return grid.levels();
  }
}
