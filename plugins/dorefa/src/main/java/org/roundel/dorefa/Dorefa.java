package org.roundel.dorefa;

import java.nio.FloatBuffer;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Chunks;
import org.roundel.api.Tensors;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerProperty;

/**
 * DoReFa's weights of 2 to 8 bits: squashed by tanh, stretched to [−1, 1] by the layer's largest,
 * and rounded to 2^k evenly spaced values.
 *
 * <p>With t_i = tanh(w_i) of the latent weights w_i of a layer, M = max|t_i| and n = 2^k − 1,
 *
 * <pre>
 *   w̃_i = 2·round(n·(t_i/(2M) + ½))/n − 1
 * </pre>
 *
 * where round goes to the nearest whole number, half to even, as in the authors' program. The
 * values are 2j/n − 1 for j = 0 to n; 0 is not among them, and w_i = 0 gives +1/n, as every weight
 * of a layer of zeros does.
 *
 * <p>The gradient passes straight through the rounding, and is exact through tanh and through the
 * division by M. With g_j the gradient of the loss with respect to w̃_j and S = Σ_j g_j·t_j,
 *
 * <pre>
 *   ∂/∂w_i = (1 − t_i²)·(g_i/M − [|w_i| is the largest]·sign(w_i)·S/(c·M²))
 * </pre>
 *
 * where the c weights that share the largest magnitude share M's own term alike. That term is part
 * of what automatic differentiation of the authors' program computes; it keeps w̃ unchanged when
 * all t are multiplied by one factor. For a layer of zeros, where the formula has no value, the
 * gradient passes unchanged.
 *
 * <p>Latent weights are not clipped, and training starts from the model's own initial weights.
 * Quantizing twice is not quantizing once: 4 bits or more move some of the values towards ±1 by one
 * place or more.
 *
 * <p>NaN stays NaN and does not count for M; an infinite weight is one whose tanh is ±1. Never
 * writes −0. The hyperbolic tangent is {@link Tanh}'s, so the bytes are the same on every machine.
 *
 * <p>Source: Shuchang Zhou, Yuxin Wu, Zekun Ni, Xinyu Zhou, He Wen, Yuheng Zou, <em>DoReFa-Net:
 * Training Low Bitwidth Convolutional Neural Networks with Low Bitwidth Gradients</em>, 2016,
 * section 2.3. Activations and gradients are not quantized.
 *
 * <p>When to use it: a few bits for a weight on one known grid for all layers. When not to use it:
 * where nothing follows a layer that undoes the scale of its weights, as batch normalisation does;
 * or where there is no memory for a float32 copy of the weights while training.
 */
final class Dorefa implements Quantizer {
  /** n, the largest index of a value. */
  private final int highest;

  /**
   * Makes the quantizer.
   *
   * @param bits k, from 2 to 8
   */
  Dorefa(int bits) {
    this.highest = (1 << bits) - 1;
  }

  @Override
  public boolean keepsLatentWeights() {
    return true;
  }

  @Override
  public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
    FloatBuffer source = Tensors.floats(latent);
    FloatBuffer target = Tensors.floats(weights);
    double maximum = Tanh.of(largest(source));
    double centre = 0.5 * highest;
    double stretch = maximum == 0 ? 0 : centre / maximum;
    Chunks.run(
        source.capacity(),
        chunk -> {
          int length = chunk.length();
          double[] indices = load(source, chunk.start(), chunk.doubles(0), length);
          Tanh.inPlace(indices, length);
          round(indices, length, stretch, centre);
          for (int index = 0; index < length; index++) {
            target.put(chunk.start() + index, level(indices[index]));
          }
        });
  }

  private static void round(double[] values, int length, double stretch, double centre) {
    for (int index = 0; index < length; index++) {
      values[index] = Math.rint(values[index] * stretch + centre);
    }
  }

  @Override
  public void gradient(INDArray weights, INDArray gradient, QuantizationContext context) {
    FloatBuffer latent = Tensors.floats(weights);
    FloatBuffer gradients = Tensors.floats(gradient);
    float largest = largest(latent);
    if (largest == 0) {
      return;
    }
    double maximum = Tanh.of(largest);
    double inverse = 1 / maximum;
    double sum =
        Chunks.sum(
            latent.capacity(),
            chunk -> {
              int length = chunk.length();
              double[] tanh = load(latent, chunk.start(), chunk.doubles(0), length);
              Tanh.inPlace(tanh, length);
              double part = 0;
              for (int index = 0; index < length; index++) {
                double ofWeight = gradients.get(chunk.start() + index);
                double value = tanh[index];
                part += ofWeight * value;
                gradients.put(
                    chunk.start() + index, (float) (ofWeight * inverse * (1 - value * value)));
              }
              return part;
            });
    double throughMaximum = sum * inverse * inverse * (1 - maximum * maximum);
    int count = countOf(largest, latent);
    for (int index = 0; index < latent.capacity(); index++) {
      float weight = latent.get(index);
      if (Math.abs(weight) == largest) {
        double share = Math.copySign(throughMaximum / count, throughMaximum * weight);
        gradients.put(index, (float) (gradients.get(index) - share));
      }
    }
  }

  private static double[] load(FloatBuffer source, int start, double[] values, int length) {
    for (int index = 0; index < length; index++) {
      values[index] = source.get(start + index);
    }
    return values;
  }

  /** Returns the largest magnitude; NaN does not count. */
  private static float largest(FloatBuffer weights) {
    float largest = 0;
    for (int index = 0; index < weights.capacity(); index++) {
      float magnitude = Math.abs(weights.get(index));
      if (magnitude > largest) {
        largest = magnitude;
      }
    }
    return largest;
  }

  private static int countOf(float magnitude, FloatBuffer weights) {
    int count = 0;
    for (int index = 0; index < weights.capacity(); index++) {
      if (Math.abs(weights.get(index)) == magnitude) {
        count++;
      }
    }
    return count;
  }

  /** Returns the value 2j/n − 1; NaN for NaN. */
  private float level(double index) {
    return (float) (2 * index / highest - 1);
  }

  @Override
  public Set<QuantizerProperty> properties() {
    return Set.of();
  }

  @Override
  public float[] levels() {
    float[] levels = new float[highest + 1];
    for (int index = 0; index < levels.length; index++) {
      levels[index] = level(index);
    }
    return levels;
  }
}
