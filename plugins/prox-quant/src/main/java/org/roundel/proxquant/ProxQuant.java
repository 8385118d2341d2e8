package org.roundel.proxquant;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Chunks;
import org.roundel.api.Tensors;
import org.roundel.api.quantizer.Grid;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.training.Moment;

/**
 * ProxQuant for binary weights: the net is trained with full-precision weights θ, and after every
 * update a proximal step, which grows in the course of the run, pulls them towards −s and +s.
 *
 * <p>θ ← clip(prox(θ − step(∇f(θ)))), where prox is that of η_t·λ_t·R for the learning rate η_t and
 * the W-shaped regulariser R(θ) = Σ min(|θ−s|, |θ+s|):
 *
 * <p>prox(θ) = q + sign(θ−q)·max(|θ−q| − η_t·λ_t, 0), q = sign(θ)·s, sign(0) = +1.
 *
 * <p>The clip goes to [−s, s]. From a share of the run on, <em>freeze-at</em>, the weights are q
 * and stay, and only what is not quantized is trained on. The net is evaluated, as it is used
 * later, with q; the latent error that a run reports is that of θ.
 *
 * <p>Source: Yu Bai, Yu-Xiang Wang, Edo Liberty, <em>ProxQuant: Quantized Neural Networks via
 * Proximal Operators</em>, ICLR 2019. The clip, which the formulas of the paper do not have, is in
 * its published code.
 *
 * <p>λ_t grows linearly with the number of the update, from 0 at the first one to <em>strength</em>
 * at freeze-at. The published code counts λ in epochs instead, 0.0001 for each that is over, and
 * freezes after 200 of 300: that is a strength of 0.02, with Adam at 0.01 and 78,000 updates. There
 * all steps together pull a weight over the distance Σ η_t·λ_t ≈ 8. That sum must be some times s:
 * else most weights are far from ±s when they are frozen, and the net breaks. So a run of fewer
 * updates needs a larger strength. With Adam a strength of 1 is where the pull balances the longest
 * step, so that at freeze-at hardly a weight moves still: that is the default, which suits short
 * runs. With SGD a strength is to be compared with the gradients.
 *
 * <p>The paper starts from a trained full-precision net, and {@code --init-from} does so here;
 * without it weights start uniform in [−s, s], as BinaryConnect's do.
 *
 * <p>When to use it: to make a trained net binary, or where the straight-through estimator is
 * unstable. When not to use it: for a short run from scratch; or with weight decay, which pulls
 * weights to 0, where noise decides their signs.
 */
final class ProxQuant implements Quantizer {
  private final Grid signs;
  private final double strength;
  private final double freezeAt;

  ProxQuant(Grid signs, double strength, double freezeAt) {
    this.signs = signs;
    this.strength = strength;
    this.freezeAt = freezeAt;
  }

  @Override
  public boolean keepsLatentWeights() {
    return true;
  }

  @Override
  public void initialize(INDArray weights, QuantizationContext context) {
    signs.drawInRange(weights, context.random());
  }

  @Override
  public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
    if (context.evaluation() || isFrozen(context)) {
      signs.nearest(latent, weights);
      return;
    }
    FloatBuffer source = Tensors.floats(latent);
    FloatBuffer target = Tensors.floats(weights);
    Chunks.run(source.capacity(), chunk -> chunk.store(chunk.load(0, source), target));
  }

  @Override
  public boolean isFrozen(QuantizationContext context) {
    return context.moment().progress() >= freezeAt;
  }

  @Override
  public void afterUpdate(INDArray weights, QuantizationContext context) {
    if (isFrozen(context)) {
      signs.nearest(weights, weights);
      return;
    }
    FloatBuffer values = Tensors.floats(weights);
    float scale = signs.highest();
    Moment now = context.moment();
    double threshold = now.learningRate() * strength * now.progress() / freezeAt;
    Chunks.run(
        values.capacity(),
        chunk -> {
          float[] scratch = chunk.load(0, values);
          pull(scratch, chunk.length(), scale, threshold);
          chunk.store(scratch, values);
        });
  }

  /** Applies the proximal step and the clip, which together only lengthen weights, up to scale. */
  private static void pull(float[] values, int length, float scale, double threshold) {
    for (int index = 0; index < length; index++) {
      // Adding 0 turns −0 into 0; NaN stays NaN, so that divergence is seen.
      float value = values[index] + 0f;
      float magnitude = (float) Math.min(scale, Math.abs(value) + threshold);
      values[index] = Math.copySign(magnitude, value);
    }
  }

  @Override
  public int distinctValues() {
    return 2;
  }
}
