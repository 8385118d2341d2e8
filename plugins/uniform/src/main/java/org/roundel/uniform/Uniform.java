package org.roundel.uniform;

import java.nio.FloatBuffer;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Chunk;
import org.roundel.api.Chunks;
import org.roundel.api.Tensors;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerProperty;
import org.roundel.api.random.RandomSource;

/**
 * Uniform symmetric quantization to k bits: each weight is a whole multiple of a step Δ.
 *
 * <p>With K = 2^(k−1) − 1 the values are jΔ for j = −K … K, and
 *
 * <pre>
 *   w̃ = Δ·clip(round(w/Δ), −K, K),   Δ = r/K
 * </pre>
 *
 * where w is a latent weight, and r is the largest |w| of the tensor or of each output channel (its
 * first dimension), or a range that is given. Round goes to the nearest whole number, half to even
 * as in PyTorch, NumPy and QONNX, or half away from zero as in the literature; or stochastically:
 * to ⌊x⌋ + 1 with probability x − ⌊x⌋, else to ⌊x⌋, so that E[w̃] = w for every w within the range,
 * drawn anew in every step. It is the grid of QONNX's Quant with signed and narrow set and a zero
 * point of 0.
 *
 * <p>The gradient with respect to w̃ updates w (the straight-through estimator); where the range is
 * given, it is 0 for the weights outside of it, which a small change does not move. The largest |w|
 * is taken for a constant. Latent weights are not clipped, and training starts from the model's own
 * initial weights.
 *
 * <p>The values ±r are exact, the others the nearest float32 numbers; so quantizing twice is
 * quantizing once, bit for bit, with any rounding. Zeros stay zeros. NaN stays NaN and does not
 * count for the largest; an infinite weight counts as the largest float32 number, or goes to the
 * end of the given range. Never writes −0.
 *
 * <p>Source: Raghuraman Krishnamoorthi, <em>Quantizing deep convolutional networks for efficient
 * inference: A whitepaper</em>, 2018, sections 2.2 to 2.4; stochastic rounding Suyog Gupta, Ankur
 * Agrawal, Kailash Gopalakrishnan, Pritish Narayanan, <em>Deep Learning with Limited Numerical
 * Precision</em>, 2015.
 *
 * <p>When to use it: for the integer weights that most programs and chips compute with, above all
 * of 4 to 8 bits. When not to use it: for 1 bit, which a grid with 0 in it does not have; with 2
 * bits and the largest weight as the range, most weights become 0.
 */
final class Uniform implements Quantizer {
  private final int bits;
  private final Rounding rounding;
  private final boolean perChannel;
  private final float range;

  /**
   * Makes the quantizer.
   *
   * @param bits k, from 2 to 16
   * @param perChannel whether each output channel has a range of its own, by its largest weight
   * @param range the range r, or 0 for the largest weight
   */
  Uniform(int bits, Rounding rounding, boolean perChannel, float range) {
    this.bits = bits;
    this.rounding = rounding;
    this.perChannel = perChannel;
    this.range = range;
  }

  @Override
  public boolean keepsLatentWeights() {
    return true;
  }

  @Override
  public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
    FloatBuffer source = Tensors.floats(latent);
    FloatBuffer target = Tensors.floats(weights);
    if (perChannel) {
      quantizeChannels(source, target, latent.size(0), context.random());
      return;
    }
    float largest = range == 0 ? largest(source, 0, source.capacity()) : range;
    Levels levels = new Levels(largest, highest());
    RandomSource random = context.random();
    Chunks.run(
        source.capacity(),
        chunk -> {
          float[] values = chunk.load(0, source);
          round(values, chunk, levels, random);
          chunk.store(values, target);
        });
  }

  private void round(float[] values, Chunk chunk, Levels levels, RandomSource random) {
    // A loop for each rounding, because the choice inside one would be made for every element.
    switch (rounding) {
      case HALF_EVEN -> halfEven(values, chunk.length(), levels);
      case HALF_AWAY -> halfAway(values, chunk.length(), levels);
      case STOCHASTIC -> {
        int[] drawn = chunk.bits();
        random.bits(chunk.start(), drawn, chunk.length());
        stochastic(values, drawn, chunk.length(), levels);
      }
    }
  }

  private static void halfEven(float[] values, int length, Levels levels) {
    for (int index = 0; index < length; index++) {
      values[index] = levels.halfEven(values[index]);
    }
  }

  private static void halfAway(float[] values, int length, Levels levels) {
    for (int index = 0; index < length; index++) {
      values[index] = levels.halfAway(values[index]);
    }
  }

  private static void stochastic(float[] values, int[] drawn, int length, Levels levels) {
    for (int index = 0; index < length; index++) {
      double uniform = RandomSource.uniformFromBits(drawn[index]);
      values[index] = levels.stochastic(values[index], uniform);
    }
  }

  private void quantizeChannels(
      FloatBuffer source, FloatBuffer target, long channels, RandomSource random) {
    int size = (int) (source.capacity() / channels);
    for (int start = 0; start < source.capacity(); start += size) {
      Levels levels = new Levels(largest(source, start, start + size), highest());
      for (int index = start; index < start + size; index++) {
        float weight = source.get(index);
        float rounded =
            switch (rounding) {
              case HALF_EVEN -> levels.halfEven(weight);
              case HALF_AWAY -> levels.halfAway(weight);
              case STOCHASTIC -> levels.stochastic(weight, random.uniform(index));
            };
        target.put(index, rounded);
      }
    }
  }

  @Override
  public void gradient(INDArray weights, INDArray gradient, QuantizationContext context) {
    if (range == 0) {
      return;
    }
    FloatBuffer latent = Tensors.floats(weights);
    FloatBuffer gradients = Tensors.floats(gradient);
    Chunks.run(
        latent.capacity(),
        chunk -> {
          float[] values = chunk.load(0, latent);
          float[] passed = chunk.load(1, gradients);
          for (int index = 0; index < chunk.length(); index++) {
            if (Math.abs(values[index]) > range) {
              passed[index] = 0;
            }
          }
          chunk.store(passed, gradients);
        });
  }

  /** Returns the largest magnitude of some weights as a finite number; NaN does not count. */
  private static float largest(FloatBuffer weights, int start, int end) {
    float largest = 0;
    for (int index = start; index < end; index++) {
      float magnitude = Math.abs(weights.get(index));
      if (magnitude > largest) {
        largest = magnitude;
      }
    }
    return Math.min(largest, Float.MAX_VALUE);
  }

  private int highest() {
    return (1 << (bits - 1)) - 1;
  }

  @Override
  public Set<QuantizerProperty> properties() {
    return rounding == Rounding.STOCHASTIC
        ? Set.of(QuantizerProperty.IDEMPOTENT, QuantizerProperty.UNBIASED)
        : Set.of(QuantizerProperty.IDEMPOTENT);
  }

  @Override
  public float[] levels() {
    if (range == 0) {
      return new float[0];
    }
    int highest = highest();
    Levels given = new Levels(range, highest);
    float[] levels = new float[2 * highest + 1];
    for (int index = -highest; index <= highest; index++) {
      levels[index + highest] = given.level(index);
    }
    return levels;
  }

  @Override
  public int distinctValues() {
    return 2 * highest() + 1;
  }
}
