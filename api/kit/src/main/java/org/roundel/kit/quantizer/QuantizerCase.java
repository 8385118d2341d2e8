package org.roundel.kit.quantizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.roundel.api.Chunks;
import org.roundel.api.model.ParameterPlace;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.api.training.Moment;
import org.roundel.api.training.StateArrays;
import org.roundel.kit.probe.Numbers;

/** Arguments for a quantizer's hooks: a parameter's weights, and the place in a run. */
final class QuantizerCase {
  /** The learning rate of every update. */
  static final double RATE = 0.01;

  private final float[] weights;
  private final long[] shape;
  private final long seed;
  private final long step;
  private final int tensor;
  private final double progress;

  private QuantizerCase(
      float[] weights, long[] shape, long seed, long step, int tensor, double progress) {
    this.weights = weights;
    this.shape = shape;
    this.seed = seed;
    this.step = step;
    this.tensor = tensor;
    this.progress = progress;
  }

  static QuantizerCase of(float[] weights, long... shape) {
    return new QuantizerCase(weights, shape, 1, 1, 0, 0.5);
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

  /** Returns cases with weights that a net may have: ordinary, all equal, single, on the grid. */
  static List<QuantizerCase> usual(float[] levels) {
    float[] equal = new float[35];
    Arrays.fill(equal, 0.25f);
    List<QuantizerCase> cases = new ArrayList<>();
    for (double progress : new double[] {0, 0.5, 1}) {
      cases.add(ordinary(levels).at(progress));
      cases.add(of(equal, 5, 7).at(1, 1L << 33, 2).at(progress));
      cases.add(of(new float[35], 5, 7).at(-1, 3, 3).at(progress));
      cases.add(of(new float[] {0.3f}, 1, 1).at(0, 4, 4).at(progress));
      if (levels.length > 0) {
        cases.add(of(levels, levels.length, 1).at(1, 5, (1 << 24) - 1).at(progress));
      }
    }
    return cases;
  }

  /** Returns {@link #usual} and cases at the edges of float32. */
  static List<QuantizerCase> finite(float[] levels) {
    float[] extreme = {
      0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE
    };
    List<QuantizerCase> cases = new ArrayList<>(usual(levels));
    for (double progress : new double[] {0, 0.5, 1}) {
      cases.add(of(extreme, 6, 1, 1, 1).at(1, 2, 1).at(progress));
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
    return new QuantizerCase(otherWeights, shape, seed, step, tensor, progress);
  }

  /** Returns the same case in another place of a run. */
  QuantizerCase at(long otherSeed, long otherStep, int otherTensor) {
    return new QuantizerCase(weights, shape, otherSeed, otherStep, otherTensor, progress);
  }

  /** Returns the same case earlier or later in a run. */
  QuantizerCase at(double otherProgress) {
    return new QuantizerCase(weights, shape, seed, step, tensor, otherProgress);
  }

  /**
   * Returns the latent weights, or the tentative weights that an optimizer has just written; not to
   * be written.
   */
  float[] weights() {
    return weights;
  }

  /** Returns the weights' shape. */
  long[] shape() {
    return shape;
  }

  long seed() {
    return seed;
  }

  long step() {
    return step;
  }

  int tensor() {
    return tensor;
  }

  /** Returns the share of the run's updates that were made before. */
  double progress() {
    return progress;
  }

  /** Returns what the initialize hooks are told. */
  QuantizationContext beforeTraining(StateArrays state) {
    return context(RandomPurpose.INITIALIZE, Moment.start(), false, state);
  }

  /** Returns what {@code quantize} is told in an update. */
  QuantizationContext forward(StateArrays state) {
    return context(RandomPurpose.QUANTIZE, moment(step, 0), false, state);
  }

  /** Returns what {@code gradient} and {@code afterUpdate} are told. */
  QuantizationContext update(StateArrays state) {
    return context(RandomPurpose.QUANTIZE, moment(step, RATE), false, state);
  }

  /** Returns what {@code quantize} is told before the net is evaluated. */
  QuantizationContext evaluation(StateArrays state) {
    return context(RandomPurpose.QUANTIZE, moment(step + 1, 0), true, state);
  }

  private Moment moment(long number, double learningRate) {
    return new Moment(number, 1, progress, learningRate, 1);
  }

  private QuantizationContext context(
      RandomPurpose purpose, Moment moment, boolean evaluation, StateArrays state) {
    ParameterRole role =
        shape.length == 4 ? ParameterRole.CONVOLUTION_WEIGHT : ParameterRole.LINEAR_WEIGHT;
    return new QuantizationContext(
        new ParameterPlace("layer" + tensor + "/weight", role, 0, 1),
        state,
        moment,
        evaluation,
        RandomSource.of(seed, purpose, moment.step()).forTensor(tensor));
  }

  @Override
  public String toString() {
    return "weights "
        + Numbers.text(weights)
        + ", shape "
        + Arrays.toString(shape)
        + ", seed "
        + seed
        + ", step "
        + step
        + ", tensor "
        + tensor
        + ", progress "
        + progress;
  }
}
