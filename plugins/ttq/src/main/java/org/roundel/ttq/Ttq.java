package org.roundel.ttq;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Chunks;
import org.roundel.api.Tensors;
import org.roundel.api.quantizer.Magnitudes;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerProperty;
import org.roundel.api.training.StateArray;

/**
 * Trained ternary quantization (TTQ): each weight of a layer is −W_n, 0 or +W_p, and both scales
 * are trained with the weights.
 *
 * <p>With the latent weights w_i of a layer, the threshold Δ = t·max|w_i|, and g_i the gradient of
 * the loss with respect to w̃_i,
 *
 * <pre>
 *   w̃_i = W_p where w_i &gt; Δ,   0 where |w_i| ≤ Δ,   −W_n where w_i &lt; −Δ
 *
 *   gradient for W_p:   Σ g_i over w_i &gt; Δ
 *   gradient for W_n:  −Σ g_i over w_i &lt; −Δ
 *   gradient for w_i:   W_p·g_i,   g_i,   W_n·g_i   in the same three cases
 * </pre>
 *
 * <p>The scales' gradients are the derivatives of the loss; the paper prints that of W_n, equation
 * 7, without its sign, and its published code has it. That of the latent weights is the paper's
 * straight-through estimator. Both scales start at 1, as in the published code, whatever the size
 * of the weights: batch normalisation after a layer undoes its scale. Latent weights start as the
 * net's own initial values and are not clipped.
 *
 * <p>The optimizer may step below 0, of which the paper says nothing. A scale is held at 0 or above
 * after each update, so that a weight keeps its sign; at 0 its gradient leads it up again. NaN
 * stays NaN and does not count for the threshold; an infinite weight counts as the largest float32
 * number. A layer of zeros stays at zero. Never writes −0.
 *
 * <p>Source: Chenzhuo Zhu, Song Han, Huizi Mao, William J. Dally, <em>Trained Ternary
 * Quantization</em>, ICLR 2017, equations 6 to 9, the threshold with t = 0.05.
 *
 * <p>When to use it: two bits for a weight with scales that follow the loss, from a trained
 * full-precision net above all, as in the paper; most weights are not 0, unlike {@code ternary}'s.
 * When not to use it: with much weight decay, which shrinks scales too; or where nothing follows a
 * layer that undoes its scale, as batch normalisation does.
 */
final class Ttq implements Quantizer {
  private static final String POSITIVE = "positive-scale";
  private static final String NEGATIVE = "negative-scale";

  private final double threshold;

  /**
   * Makes the quantizer.
   *
   * @param threshold the factor t, at least 0 and less than 1
   */
  Ttq(double threshold) {
    this.threshold = threshold;
  }

  @Override
  public boolean keepsLatentWeights() {
    return true;
  }

  @Override
  public List<StateArray> stateArrays() {
    return List.of(
        StateArray.learned(POSITIVE, StateArray.Extent.ONE),
        StateArray.learned(NEGATIVE, StateArray.Extent.ONE));
  }

  @Override
  public void initializeState(INDArray weights, QuantizationContext context) {
    values(context, POSITIVE).put(0, 1);
    values(context, NEGATIVE).put(0, 1);
  }

  @Override
  public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
    FloatBuffer source = Tensors.floats(latent);
    FloatBuffer target = Tensors.floats(weights);
    double delta = threshold * largest(source);
    float positive = values(context, POSITIVE).get(0);
    // 0 − x is never −0.
    float negative = 0 - values(context, NEGATIVE).get(0);
    Chunks.run(
        source.capacity(),
        chunk -> {
          float[] values = chunk.load(0, source);
          for (int index = 0; index < chunk.length(); index++) {
            float weight = values[index];
            float above = weight > delta ? positive : 0;
            float chosen = weight < -delta ? negative : above;
            values[index] = Float.isNaN(weight) ? weight : chosen;
          }
          chunk.store(values, target);
        });
  }

  @Override
  public void gradient(INDArray weights, INDArray gradient, QuantizationContext context) {
    FloatBuffer latent = Tensors.floats(weights);
    FloatBuffer gradients = Tensors.floats(gradient);
    double delta = threshold * largest(latent);
    // Before the gradients are scaled, which the latent weights get.
    double above = sumBeyond(latent, gradients, delta, 1);
    double below = sumBeyond(latent, gradients, delta, -1);
    gradientOf(context, POSITIVE).put(0, (float) above);
    gradientOf(context, NEGATIVE).put(0, (float) -below);
    float positive = values(context, POSITIVE).get(0);
    float negative = values(context, NEGATIVE).get(0);
    Chunks.run(
        latent.capacity(),
        chunk -> {
          float[] values = chunk.load(0, latent);
          float[] shaped = chunk.load(1, gradients);
          for (int index = 0; index < chunk.length(); index++) {
            float factor = values[index] > delta ? positive : 1;
            shaped[index] *= values[index] < -delta ? negative : factor;
          }
          chunk.store(shaped, gradients);
        });
  }

  /** Returns the sum of the gradients of the weights beyond the threshold on one side of 0. */
  private static double sumBeyond(
      FloatBuffer latent, FloatBuffer gradients, double delta, int side) {
    return Chunks.sum(
        latent.capacity(),
        chunk -> {
          float[] values = chunk.load(0, latent);
          float[] own = chunk.load(1, gradients);
          double sum = 0;
          for (int index = 0; index < chunk.length(); index++) {
            sum += side * values[index] > delta ? own[index] : 0;
          }
          return sum;
        });
  }

  @Override
  public void afterUpdate(INDArray weights, QuantizationContext context) {
    for (String scale : List.of(POSITIVE, NEGATIVE)) {
      FloatBuffer value = values(context, scale);
      // Math.max keeps NaN, so that divergence is seen.
      value.put(0, Math.max(0, value.get(0)));
    }
  }

  /** Promises nothing: where one scale is far below the other, it is below the threshold then. */
  @Override
  public Set<QuantizerProperty> properties() {
    return Set.of();
  }

  @Override
  public int distinctValues() {
    return 3;
  }

  private static FloatBuffer values(QuantizationContext context, String scale) {
    return Tensors.floats(context.state().values(scale));
  }

  private static FloatBuffer gradientOf(QuantizationContext context, String scale) {
    return Tensors.floats(context.state().gradient(scale));
  }

  /** Returns max|w|, each magnitude as {@link Magnitudes#of} gives it. */
  private static float largest(FloatBuffer weights) {
    float largest = 0;
    for (int index = 0; index < weights.capacity(); index++) {
      largest = Math.max(largest, Magnitudes.of(weights.get(index)));
    }
    return largest;
  }
}
