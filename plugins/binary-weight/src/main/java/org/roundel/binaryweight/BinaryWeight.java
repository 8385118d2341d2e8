package org.roundel.binaryweight;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Tensors;
import org.roundel.api.quantizer.Magnitudes;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;

/**
 * Binary weights with a scale (BWN): each filter's weights are −α and +α, with the filter's own
 * scale α.
 *
 * <p>A filter is what belongs to one output channel, the first dimension. With its n latent weights
 * w_i,
 *
 * <pre>
 *   w̃_i = α·sign(w_i),   α = mean|w_i|,   sign(0) = sign(−0) = +1
 * </pre>
 *
 * which makes ‖w − w̃‖² least. With g_i the gradient of the loss with respect to w̃_i, the
 * optimizer gets one of
 *
 * <pre>
 *   full:              sign(w_i)/n · Σ_j g_j·sign(w_j)  +  α·1[|w_i| ≤ 1]·g_i
 *   straight through:  g_i
 * </pre>
 *
 * The full gradient is the derivative of Σ_j g_j·w̃_j, through α exactly and through the sign by
 * the clipped straight-through estimator, whose derivative is 1[|w_i| ≤ 1]. The paper prints
 * g_i·(1/n + α·1[|w_i| ≤ 1]) instead: its first part leaves out that α, through each w_i, moves all
 * weights of the filter. What follows from the paper's own definition of α is used here. The
 * gradient that passes unchanged is what trains BinaryConnect; it is longer by a factor of about
 * 1/α, which matters to SGD and hardly to Adam.
 *
 * <p>Latent weights are not clipped (the paper's text does not), and training starts from the
 * model's own initial weights.
 *
 * <p>Sums are in double precision, in the order of the elements, and α is rounded to float32; the
 * mean of n numbers ±α is α, so quantizing twice is quantizing once, bit for bit. A filter of zeros
 * stays at zero, and one of a single weight, as of a bias, at that weight. NaN stays NaN and counts
 * as 0 in the mean; an infinite weight counts as the largest float32 number. Never writes −0.
 *
 * <p>Source: Mohammad Rastegari, Vicente Ordonez, Joseph Redmon, Ali Farhadi, <em>XNOR-Net:
 * ImageNet Classification Using Binary Convolutional Neural Networks</em>, 2016, section 3.1 on
 * Binary-Weight-Networks. Inputs are not binarized.
 *
 * <p>When to use it: one bit for a weight and a float32 number for a filter; closer to full
 * precision than one scale for all. When not to use it: where the weights must be the same known
 * numbers in all filters, as for a fixed grid; or where there is no memory for a float32 copy of
 * the weights while training.
 */
final class BinaryWeight implements Quantizer {
  private final boolean fullGradient;

  BinaryWeight(boolean fullGradient) {
    this.fullGradient = fullGradient;
  }

  @Override
  public boolean keepsLatentWeights() {
    return true;
  }

  @Override
  public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
    FloatBuffer source = Tensors.floats(latent);
    FloatBuffer target = Tensors.floats(weights);
    int size = filterSize(latent);
    for (int start = 0; start < source.capacity(); start += size) {
      float scale = (float) scale(source, start, size);
      for (int index = start; index < start + size; index++) {
        target.put(index, Magnitudes.withSign(scale, source.get(index)));
      }
    }
  }

  @Override
  public void gradient(INDArray weights, INDArray gradient, QuantizationContext context) {
    if (!fullGradient) {
      return;
    }
    FloatBuffer latent = Tensors.floats(weights);
    FloatBuffer gradients = Tensors.floats(gradient);
    int size = filterSize(weights);
    for (int start = 0; start < latent.capacity(); start += size) {
      double scale = scale(latent, start, size);
      double throughScale = throughScale(latent, gradients, start, size) / size;
      for (int index = start; index < start + size; index++) {
        float weight = latent.get(index);
        double throughSign = Math.abs(weight) <= 1 ? scale * gradients.get(index) : 0;
        gradients.put(index, (float) (signed(throughScale, weight) + throughSign));
      }
    }
  }

  /** Returns Σ_j g_j·sign(w_j) over one filter: the gradient with respect to its scale. */
  private static double throughScale(
      FloatBuffer latent, FloatBuffer gradients, int start, int size) {
    double sum = 0;
    for (int index = start; index < start + size; index++) {
      sum += signed(gradients.get(index), latent.get(index));
    }
    return sum;
  }

  /**
   * Returns a value times the sign of a weight, without a branch: no prediction can follow signs.
   */
  private static double signed(double value, float weight) {
    // Adding 0 turns −0 into 0.
    long signBit = (long) (Float.floatToRawIntBits(weight + 0f) >>> 31) << 63;
    return Double.longBitsToDouble(Double.doubleToRawLongBits(value) ^ signBit);
  }

  /** Returns the mean magnitude of one filter's weights. */
  private static double scale(FloatBuffer weights, int start, int size) {
    double sum = 0;
    for (int index = start; index < start + size; index++) {
      sum += Magnitudes.of(weights.get(index));
    }
    return sum / size;
  }

  private static int filterSize(INDArray weights) {
    return (int) (weights.length() / weights.size(0));
  }

  @Override
  public int distinctValues() {
    return 2;
  }
}
