package org.roundel.ternary;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Chunks;
import org.roundel.api.Tensors;
import org.roundel.api.quantizer.Magnitudes;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;

/**
 * Ternary weights (TWN): each weight of a layer is −α, 0 or +α, with the layer's own scale α.
 *
 * <p>With the latent weights w_i of a layer, a threshold Δ = t·mean|w_i|, and α = mean of |w_i|
 * over the i with |w_i| &gt; Δ,
 *
 * <pre>
 *   w̃_i = +α where w_i &gt; Δ,   0 where |w_i| ≤ Δ,   −α where w_i &lt; −Δ
 * </pre>
 *
 * For a given Δ this α makes ‖w − w̃‖² least. The best Δ has no closed form; it is near
 * 0.7·mean|w|, the paper's choice, for weights that are uniform or normal around 0. The gradient
 * with respect to w̃ updates w (the straight-through estimator), w is not clipped, and training
 * starts from the model's own initial weights, all as in the paper.
 *
 * <p>Both means are sums in double precision, divided once and α then rounded to float32. So
 * quantizing twice is quantizing once, bit for bit: of m weights ±α among n, the mean is α·m/n, the
 * threshold t·α·m/n is less than α because t is, and the mean of m equal float32 numbers is that
 * number. A layer of zeros stays at zero.
 *
 * <p>NaN stays NaN and counts as 0 in the means; an infinite weight counts as the largest float32
 * number, so that the others are 0 or finite. Never writes −0.
 *
 * <p>Source: Fengfu Li, Bin Liu, Xiaoxing Wang, Bo Zhang, Junchi Yan, <em>Ternary Weight
 * Networks</em>, 2016.
 *
 * <p>When to use it: two bits for a weight, and about two in five weights 0 where they are normally
 * distributed. When not to use it: where the weights must be the same known numbers in all layers,
 * as for a fixed grid; or where there is no memory for a float32 copy of the weights while
 * training.
 */
final class Ternary implements Quantizer {
  private final double threshold;

  /**
   * Makes the quantizer.
   *
   * @param threshold the factor t, at least 0 and less than 1
   */
  Ternary(double threshold) {
    this.threshold = threshold;
  }

  @Override
  public boolean keepsLatentWeights() {
    return true;
  }

  @Override
  public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
    FloatBuffer source = Tensors.floats(latent);
    FloatBuffer target = Tensors.floats(weights);
    int length = source.capacity();
    double delta = threshold * Magnitudes.mean(source);
    double count = countBeyond(source, delta);
    float scale = count == 0 ? 0 : (float) (sumBeyond(source, delta) / count);
    Chunks.run(
        length,
        chunk -> {
          float[] values = chunk.load(0, source);
          round(values, chunk.length(), delta, scale);
          chunk.store(values, target);
        });
  }

  private static void round(float[] values, int length, double delta, float scale) {
    int scaleBits = Float.floatToRawIntBits(scale);
    for (int index = 0; index < length; index++) {
      float weight = values[index];
      int signBit = Float.floatToRawIntBits(weight) & Integer.MIN_VALUE;
      int mask = (int) beyond(Magnitudes.of(weight), delta);
      float rounded = Float.intBitsToFloat((scaleBits | signBit) & mask);
      values[index] = Float.isNaN(weight) ? weight : rounded;
    }
  }

  /** Returns the sum of the magnitudes that are greater than a bound. */
  private static double sumBeyond(FloatBuffer weights, double bound) {
    return Chunks.sum(
        weights.capacity(),
        chunk -> {
          double sum = 0;
          int end = chunk.start() + chunk.length();
          for (int index = chunk.start(); index < end; index++) {
            double magnitude = Magnitudes.of(weights.get(index));
            long bits = Double.doubleToRawLongBits(magnitude) & beyond(magnitude, bound);
            sum += Double.longBitsToDouble(bits);
          }
          return sum;
        });
  }

  /** Returns how many magnitudes are greater than a bound. */
  private static double countBeyond(FloatBuffer weights, double bound) {
    return Chunks.sum(
        weights.capacity(),
        chunk -> {
          int count = 0;
          int end = chunk.start() + chunk.length();
          for (int index = chunk.start(); index < end; index++) {
            count -= (int) beyond(Magnitudes.of(weights.get(index)), bound);
          }
          return count;
        });
  }

  /**
   * Returns 64 ones where a magnitude is greater than a bound, else 64 zeros. Weights lie on either
   * side of the threshold as chance has it, which no branch prediction can follow.
   */
  private static long beyond(double magnitude, double bound) {
    return Double.doubleToRawLongBits(bound - magnitude) >> 63;
  }

  @Override
  public int distinctValues() {
    return 3;
  }
}
