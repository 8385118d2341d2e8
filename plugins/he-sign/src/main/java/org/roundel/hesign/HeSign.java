package org.roundel.hesign;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Chunks;
import org.roundel.api.Tensors;
import org.roundel.api.quantizer.GradientEstimator;
import org.roundel.api.quantizer.Magnitudes;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;

/**
 * Signs with the scale of He's initial weights: each weight of a layer is −α or +α, and α is known
 * from the layer's shape alone.
 *
 * <pre>
 *   w̃ = α·sign(w),   α = √(2 / fan-in),   sign(0) = sign(−0) = +1
 * </pre>
 *
 * <p>The fan-in is what one output is computed from: all dimensions but the first, the output
 * channel, multiplied; for a convolution input channels × kernel height × kernel width. So α is the
 * standard deviation of He's normal initial weights, and a layer's outputs have the size that they
 * have in a full-precision net when its training starts. α is rounded to float32.
 *
 * <p>The gradient with respect to w̃ updates the latent weight w (the straight-through estimator),
 * or what another {@link GradientEstimator} makes of it, in units of α. Latent weights start as the
 * net's own initial values and are not clipped; the paper holds them with weight decay instead,
 * 0.0005 with SGD. NaN stays NaN, an infinite weight has a sign as any other, −0 is never written.
 *
 * <p>Source: Mark D. McDonnell, <em>Training wide residual networks for deployment using a single
 * bit for each weight</em>, ICLR 2018, equation 1; its published code has the same scale. The code
 * takes 0 for sign(0), which is no weight of one bit.
 *
 * <p>When to use it: for one bit without any number beside it, in nets with batch normalisation, by
 * the recipes of full-precision training, weight decay included. When not to use it: for a bias,
 * whose fan-in is 1, so that it would be ±√2; or where there is no memory for a float32 copy of the
 * weights while training.
 */
final class HeSign implements Quantizer {
  private final GradientEstimator estimator;

  HeSign(GradientEstimator estimator) {
    this.estimator = estimator;
  }

  @Override
  public boolean keepsLatentWeights() {
    return true;
  }

  @Override
  public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
    FloatBuffer source = Tensors.floats(latent);
    FloatBuffer target = Tensors.floats(weights);
    float scale = scale(latent);
    Chunks.run(
        source.capacity(),
        chunk -> {
          float[] values = chunk.load(0, source);
          for (int index = 0; index < chunk.length(); index++) {
            values[index] = Magnitudes.withSign(scale, values[index]);
          }
          chunk.store(values, target);
        });
  }

  private static float scale(INDArray weights) {
    double fanIn = (double) weights.length() / weights.size(0);
    return (float) Math.sqrt(2 / fanIn);
  }

  @Override
  public void gradient(INDArray weights, INDArray gradient, QuantizationContext context) {
    estimator.apply(weights, gradient, scale(weights), context.moment().progress());
  }

  @Override
  public int distinctValues() {
    return 2;
  }
}
