package org.roundel.api.quantizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.roundel.api.Chunks;
import org.roundel.api.GuardedTensor;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

/**
 * Arguments for a quantizer's hooks. {@link #run} calls every hook once, each on arrays of its own
 * that lie in the middle of larger ones, and checks that only what may be written was written.
 */
final class QuantizerCase {
  private final float[] weights;
  private final long[] shape;
  private final long seed;
  private final long step;
  private final int tensor;

  /**
   * Makes a case.
   *
   * @param weights the latent weights, or the tentative weights that an optimizer has just written
   */
  private QuantizerCase(float[] weights, long[] shape, long seed, long step, int tensor) {
    this.weights = weights;
    this.shape = shape;
    this.seed = seed;
    this.step = step;
    this.tensor = tensor;
  }

  /** What the hooks wrote. */
  static final class Result {
    private final boolean latent;
    private final float[] initial;
    private final float[] quantized;
    private final float[] gradient;
    private final float[] updated;

    private Result(
        boolean latent, float[] initial, float[] quantized, float[] gradient, float[] updated) {
      this.latent = latent;
      this.initial = initial;
      this.quantized = quantized;
      this.gradient = gradient;
      this.updated = updated;
    }

    /** Returns what the initialize hook made. */
    float[] initial() {
      return initial;
    }

    /** Returns the weights that the net computes with. */
    float[] quantized() {
      return quantized;
    }

    /** Returns what the hook after the update made: latent weights where they are kept. */
    float[] updated() {
      return updated;
    }

    /** Returns the arrays that the net would compute with. */
    List<float[]> netWeights() {
      return latent ? List.of(quantized) : List.of(initial, quantized);
    }

    /** Returns every bit that was written. */
    int[] bits() {
      int size = initial.length;
      float[] all = Arrays.copyOf(initial, 4 * size);
      System.arraycopy(quantized, 0, all, size, size);
      System.arraycopy(gradient, 0, all, 2 * size, size);
      System.arraycopy(updated, 0, all, 3 * size, size);
      return GuardedTensor.bits(all);
    }
  }

  static QuantizerCase of(float[] weights, long... shape) {
    return new QuantizerCase(weights, shape, 1, 1, 0);
  }

  /** Returns a convolution's weights, within the range of the grid and on both sides of it. */
  static QuantizerCase ordinary(float[] levels) {
    float lowest = levels.length == 0 ? -1 : levels[0];
    float highest = levels.length == 0 ? 1 : levels[levels.length - 1];
    RandomSource random = RandomSource.of(20, RandomPurpose.MODEL, 0);
    float[] weights = new float[8 * 3 * 3 * 3];
    for (int index = 0; index < weights.length; index++) {
      weights[index] = (float) (lowest + (1.5 * random.uniform(index) - 0.25) * (highest - lowest));
    }
    return of(weights, 8, 3, 3, 3);
  }

  /** Returns a matrix that a pass over it cuts into several chunks, the last one shorter. */
  static QuantizerCase large(float[] levels) {
    float[] pattern = ordinary(levels).weights;
    float[] weights = new float[6 * Chunks.LENGTH + 6];
    for (int index = 0; index < weights.length; index++) {
      weights[index] = pattern[index % pattern.length];
    }
    return of(weights, 6, Chunks.LENGTH + 1L);
  }

  /** Returns cases with finite weights: ordinary, extreme, all equal, single, on the grid. */
  static List<QuantizerCase> finite(float[] levels) {
    float[] equal = new float[35];
    Arrays.fill(equal, 0.25f);
    float[] extreme = {
      0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE
    };
    List<QuantizerCase> cases = new ArrayList<>();
    cases.add(ordinary(levels));
    cases.add(of(extreme, 6, 1, 1, 1).at(1, 2, 1));
    cases.add(of(equal, 5, 7).at(1, 1L << 33, 2));
    cases.add(of(new float[35], 5, 7).at(-1, 3, 3));
    cases.add(of(new float[] {0.3f}, 1, 1).at(0, 4, 4));
    if (levels.length > 0) {
      cases.add(of(levels, levels.length, 1).at(1, 5, (1 << 24) - 1));
    }
    return cases;
  }

  /** Returns {@link #finite} and a case with NaN and infinities. */
  static List<QuantizerCase> all(float[] levels) {
    List<QuantizerCase> cases = new ArrayList<>(finite(levels));
    float[] broken = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0.5f};
    cases.add(of(broken, 2, 2).at(1, 6, 5));
    return cases;
  }

  /** Returns the same case with other weights. */
  QuantizerCase with(float[] otherWeights) {
    return new QuantizerCase(otherWeights, shape, seed, step, tensor);
  }

  /** Returns the same case in another place of a run. */
  QuantizerCase at(long otherSeed, long otherStep, int otherTensor) {
    return new QuantizerCase(weights, shape, otherSeed, otherStep, otherTensor);
  }

  long step() {
    return step;
  }

  /** Calls every hook once. */
  Result run(Quantizer quantizer) {
    boolean latent = quantizer.keepsLatentWeights();
    GuardedTensor initial = GuardedTensor.of(weights, shape);
    quantizer.initialize(initial.tensor(), context(RandomPurpose.INITIALIZE, 0));

    GuardedTensor updated = GuardedTensor.of(weights, shape);
    quantizer.afterUpdate(updated.tensor(), context(RandomPurpose.QUANTIZE, step));

    float[] quantized = updated.values();
    if (latent) {
      GuardedTensor source = GuardedTensor.of(weights, shape);
      GuardedTensor target = GuardedTensor.of(new float[weights.length], shape);
      quantizer.quantize(source.tensor(), target.tensor(), context(RandomPurpose.QUANTIZE, step));
      source.assertUnchanged(weights);
      quantized = target.values();
    }

    float[] slope = new float[weights.length];
    for (int index = 0; index < slope.length; index++) {
      slope[index] = 0.5f - index % 3;
    }
    GuardedTensor read = GuardedTensor.of(weights, shape);
    GuardedTensor gradient = GuardedTensor.of(slope, shape);
    quantizer.gradient(read.tensor(), gradient.tensor(), context(RandomPurpose.QUANTIZE, step));
    read.assertUnchanged(weights);

    return new Result(latent, initial.values(), quantized, gradient.values(), updated.values());
  }

  private QuantizationContext context(RandomPurpose purpose, long number) {
    ParameterRole role =
        shape.length == 4 ? ParameterRole.CONVOLUTION_WEIGHT : ParameterRole.LINEAR_WEIGHT;
    return QuantizationContext.of(
        "layer" + tensor + "/weight",
        role,
        number,
        RandomSource.of(seed, purpose, number).forTensor(tensor));
  }
}
