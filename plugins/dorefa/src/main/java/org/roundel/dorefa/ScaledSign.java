package org.roundel.dorefa;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Chunks;
import org.roundel.api.Tensors;
import org.roundel.api.quantizer.Magnitudes;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;

/**
 * DoReFa's weights of one bit: the sign times the layer's mean magnitude.
 *
 * <p>w̃_i = α·sign(w_i), α = mean|w_j| over the layer, sign(0) = sign(−0) = +1. The gradient with
 * respect to w̃ updates w (the straight-through estimator). It differs from BWN of XNOR-Net in that
 * one α serves all filters of a layer, so that a binary program can leave it to the end.
 *
 * <p>The sum is in double precision and α rounded to float32, so quantizing twice is quantizing
 * once, bit for bit. A layer of zeros stays at zero. NaN stays NaN and counts as 0 in the mean; an
 * infinite weight counts as the largest float32 number. Never writes −0.
 *
 * <p>Source, and when to use it: see {@link Dorefa}.
 */
final class ScaledSign implements Quantizer {
  @Override
  public boolean keepsLatentWeights() {
    return true;
  }

  @Override
  public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
    FloatBuffer source = Tensors.floats(latent);
    FloatBuffer target = Tensors.floats(weights);
    float scale = (float) Magnitudes.mean(source);
    Chunks.run(
        source.capacity(),
        chunk -> {
          float[] values = chunk.load(0, source);
          scaleSigns(values, chunk.length(), scale);
          chunk.store(values, target);
        });
  }

  private static void scaleSigns(float[] values, int length, float scale) {
    for (int index = 0; index < length; index++) {
      values[index] = Magnitudes.withSign(scale, values[index]);
    }
  }

  @Override
  public int distinctValues() {
    return 2;
  }
}
