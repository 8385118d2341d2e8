package org.roundel.kit.quantizer;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.TreeSet;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.Tensors;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerProperty;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.api.training.StateArrays;
import org.roundel.kit.rule.RuleViolation;

/**
 * Rounds one tensor in N steps and compares each weight's mean with the weight.
 *
 * <p>A weight w between neighbouring values a ≤ w ≤ b that goes to one of them, with the mean w,
 * has the variance (w − a)(b − w); so the mean of N roundings has the standard error √((w − a)(b −
 * w)/N), and 5 of them are allowed. Weights below the lowest and above the highest value are left
 * out. Where a quantizer has no {@code levels()}, the values are those that any weight of the
 * tensor was rounded to.
 */
final class UnbiasedRounding {
  private static final long SEED = 1729;
  private static final int STEPS = 4000;
  private static final int SIZE = 64;
  private static final double STANDARD_ERRORS = 5;

  private UnbiasedRounding() {}

  static void check(QuantizerSubject subject) {
    Quantizer quantizer = subject.create();
    if (!quantizer.properties().contains(QuantizerProperty.UNBIASED)) {
      return;
    }
    for (double progress : new double[] {0, 1}) {
      check(quantizer, weights(quantizer.levels()), progress);
    }
  }

  private static void check(Quantizer quantizer, float[] weights, double progress) {
    QuantizerCase given = QuantizerCase.of(weights, 1, SIZE).at(SEED, 0, 0).at(progress);
    float[][] rounded = new float[STEPS][];
    for (int step = 0; step < STEPS; step++) {
      rounded[step] = round(quantizer, given.at(SEED, step + 1L, 0));
    }
    float[] values = values(quantizer.levels(), rounded);
    for (int index = 0; index < SIZE; index++) {
      float weight = weights[index];
      if (weight >= values[0] && weight <= values[values.length - 1]) {
        try {
          requireUnbiased(weight, index, rounded, values);
        } catch (RuleViolation violation) {
          throw violation.with("shape [1, " + SIZE + "], seed " + SEED + ", progress " + progress);
        }
      }
    }
  }

  private static void requireUnbiased(float weight, int index, float[][] rounded, float[] values) {
    int found = Arrays.binarySearch(values, weight);
    float below = found >= 0 ? weight : values[-found - 2];
    float above = found >= 0 ? weight : values[-found - 1];
    double sum = 0;
    for (float[] step : rounded) {
      float value = step[index];
      if (value != below && value != above) {
        throw RuleViolation.of(
            "weight " + weight + " rounded to " + value,
            "its neighbours " + below + " and " + above);
      }
      sum += (double) value - weight;
    }
    double mean = sum / rounded.length;
    double standardError =
        Math.sqrt(((double) weight - below) * ((double) above - weight) / rounded.length);
    if (!(Math.abs(mean) <= STANDARD_ERRORS * standardError)) {
      throw RuleViolation.of(
          "weight "
              + weight
              + " off by "
              + mean
              + " in the mean of "
              + rounded.length
              + " roundings to "
              + below
              + " and "
              + above,
          "5 standard errors, " + STANDARD_ERRORS * standardError);
    }
  }

  private static float[] round(Quantizer quantizer, QuantizerCase given) {
    StateArrays state = StateArrays.allocate(quantizer.stateArrays(), given.shape());
    INDArray weights = Nd4j.create(given.weights().clone(), given.shape(), 'c');
    quantizer.initializeState(weights, given.beforeTraining(state));
    INDArray rounded = weights;
    if (quantizer.keepsLatentWeights()) {
      rounded = weights.dup('c');
      quantizer.quantize(weights, rounded, given.forward(state));
    } else {
      quantizer.afterUpdate(weights, given.update(state));
    }
    FloatBuffer numbers = Tensors.floats(rounded);
    float[] result = new float[SIZE];
    numbers.get(result);
    return result;
  }

  /** Returns the values of the grid, or else all that were found, in increasing order. */
  private static float[] values(float[] levels, float[][] rounded) {
    if (levels.length > 0) {
      return levels;
    }
    TreeSet<Float> found = new TreeSet<>();
    for (float[] step : rounded) {
      for (float value : step) {
        found.add(value);
      }
    }
    float[] values = new float[found.size()];
    int index = 0;
    for (float value : found) {
      values[index++] = value;
    }
    return values;
  }

  private static float[] weights(float[] levels) {
    double lowest = levels.length == 0 ? -1 : levels[0];
    double highest = levels.length == 0 ? 1 : levels[levels.length - 1];
    RandomSource random = RandomSource.of(SEED, RandomPurpose.MODEL, 0);
    float[] weights = new float[SIZE];
    for (int index = 0; index < SIZE; index++) {
      weights[index] = (float) (lowest + random.uniform(index) * (highest - lowest));
    }
    return weights;
  }
}
