package org.roundel.binaryrelax;

import java.nio.FloatBuffer;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Chunks;
import org.roundel.api.Tensors;
import org.roundel.api.quantizer.Magnitudes;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerProperty;

/**
 * BinaryRelax for binary weights with a scale: the net computes with weights between the latent
 * ones and their quantized values, closer and closer to the latter, and in a second phase with
 * those.
 *
 * <p>y ← y − step(∇f(u)), with the latent weights y and
 *
 * <ul>
 *   <li>in phase one u = (λ·Q(y) + y)/(λ + 1), the minimiser of ‖u − y‖² + λ·dist(u, Q)²;
 *   <li>in phase two u = Q(y);
 *   <li>Q(y) = mean|y|·sign(y), the mean over the layer, sign(0) = +1: the multiple of a vector of
 *       signs that is nearest to y.
 * </ul>
 *
 * The gradient with respect to u is taken for that with respect to y. The net is evaluated, as it
 * is used later, with Q(y); the latent error that a run reports is that of y. Latent weights start
 * as the net's own initial values, and are not clipped.
 *
 * <p>λ grows geometrically over phase one, λ = start·(end/start)^(p/phase-two-at) at the share p of
 * the run. The paper starts from 1 and multiplies by 1.02 after each epoch, so that its last value
 * depends on how long phase one is; after 160 epochs of 200 it is 1.02^160 ≈ 23.8, hence the
 * defaults 1, 24 and 0.8. For phase one of E epochs, the paper's growth is an end of 1.02^E. The
 * paper's learning rate in phase two is small: use a schedule that has fallen by then.
 *
 * <p>Source: Penghang Yin, Shuai Zhang, Jiancheng Lyu, Stanley Osher, Yingyong Qi, Jack Xin,
 * <em>BinaryRelax: A Relaxation Approach for Training Deep Neural Networks with Quantized
 * Weights</em>, SIAM Journal on Imaging Sciences 11(4), 2018.
 *
 * <p>When to use it: for binary weights with a scale, where BinaryConnect's start is too rough, as
 * it is from a trained full-precision net ({@code --init-from}). When not to use it: where the
 * weights must be binary before training ends, as for a run that may be cut short; or where no
 * float32 copy of the weights may be kept.
 */
final class BinaryRelax implements Quantizer {
  private final double start;
  private final double end;
  private final double phaseTwoAt;

  BinaryRelax(double start, double end, double phaseTwoAt) {
    this.start = start;
    this.end = end;
    this.phaseTwoAt = phaseTwoAt;
  }

  @Override
  public boolean keepsLatentWeights() {
    return true;
  }

  @Override
  public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
    FloatBuffer source = Tensors.floats(latent);
    FloatBuffer target = Tensors.floats(weights);
    float scale = (float) Magnitudes.mean(source);
    boolean relaxed = !context.evaluation() && context.moment().progress() < phaseTwoAt;
    double lambda = relaxed ? lambda(context.moment().progress()) : 0;
    Chunks.run(
        source.capacity(),
        chunk -> {
          float[] values = chunk.load(0, source);
          if (relaxed) {
            relax(values, chunk.length(), scale, lambda);
          } else {
            quantize(values, chunk.length(), scale);
          }
          chunk.store(values, target);
        });
  }

  private double lambda(double progress) {
    return start * Math.pow(end / start, progress / phaseTwoAt);
  }

  private static void relax(float[] values, int length, float scale, double lambda) {
    for (int index = 0; index < length; index++) {
      double quantized = Magnitudes.withSign(scale, values[index]);
      values[index] = (float) ((lambda * quantized + values[index]) / (lambda + 1));
    }
  }

  private static void quantize(float[] values, int length, float scale) {
    for (int index = 0; index < length; index++) {
      values[index] = Magnitudes.withSign(scale, values[index]);
    }
  }

  /** Promises nothing: a relaxed weight moves when it is relaxed again. */
  @Override
  public Set<QuantizerProperty> properties() {
    return Set.of();
  }

  @Override
  public int distinctValues() {
    return 2;
  }
}
