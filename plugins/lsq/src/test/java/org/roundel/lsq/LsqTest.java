package org.roundel.lsq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.Chunks;
import org.roundel.api.Tensors;
import org.roundel.api.model.ParameterPlace;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.api.training.Moment;
import org.roundel.api.training.StateArrays;
import org.roundel.kit.probe.GuardedTensor;

class LsqTest {
  private static final long SEED = 1902;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 8})
  void theStepSizeStartsFromTheMeanMagnitude(int bits) {
    float[] weights = normal(2 * Chunks.LENGTH + 5, 0.1);
    double sum = 0;
    for (float weight : weights) {
      sum += Math.abs(weight);
    }
    double expected = 2 * (sum / weights.length) / Math.sqrt((1 << (bits - 1)) - 1);
    Subject subject = new Subject(bits, weights);
    subject.quantizer.initializeState(subject.latent.tensor(), subject.context);
    assertThat((double) subject.stepSize()).isCloseTo(expected, within(expected * 1e-6));
  }

  @Test
  void quantizesToTheMultiplesInRangeHalfAwayFromZero() {
    // Three bits: from −4 to 3 steps of 0.5.
    float[] weights = {0f, -0f, 0.24f, 0.25f, -0.25f, -0.24f, 0.76f, 1.4f, 1.75f, 99f, -1.8f, -99f};
    Subject subject = new Subject(3, weights).with(0.5f);
    assertThat(GuardedTensor.bits(subject.quantized()))
        .as("0 and never -0")
        .isEqualTo(
            GuardedTensor.bits(
                new float[] {0f, 0f, 0f, 0.5f, -0.5f, 0f, 1f, 1.5f, 1.5f, 1.5f, -2f, -2f}));
  }

  @Test
  void nanStaysNanAndInfinitiesGoToTheEnds() {
    float[] weights = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0.3f};
    assertThat(new Subject(2, weights).with(0.5f).quantized())
        .containsExactly(Float.NaN, 0.5f, -1f, 0.5f);
    assertThat(new Subject(2, 0.3f).with(Float.NaN).quantized()).containsExactly(Float.NaN);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 8})
  void aLayerHasAsManyValuesAsTheBitsAllow(int bits) {
    Subject subject = new Subject(bits, normal(20_000, 1)).with(2f / (1 << bits));
    Set<Float> values = new TreeSet<>();
    for (float value : subject.quantized()) {
      values.add(value);
    }
    assertThat(values).hasSize(1 << bits);
    assertThat(subject.quantizer.distinctValues()).isEqualTo(1 << bits);
  }

  /**
   * Both gradients against central differences, in double, of Σ aᵢ·v̂ᵢ, where what rounding adds to
   * the clipped ratio is held constant: that is the function whose derivative the method takes.
   */
  @ParameterizedTest
  @CsvSource({"2, 0.11", "3, 0.05", "4, 0.021", "8, 0.0009"})
  void gradientsAreThoseOfTheSurrogate(int bits, float stepSize) {
    float[] weights = normal(Chunks.LENGTH + 300, 0.1);
    float[] gradients = normal(weights.length, 1);
    double[] residuals = new double[weights.length];
    int below = 0;
    int above = 0;
    for (int index = 0; index < weights.length; index++) {
      double ratio = weights[index] / (double) stepSize;
      double clipped = clip(ratio, bits);
      residuals[index] = Math.signum(clipped) * Math.floor(Math.abs(clipped) + 0.5) - clipped;
      below += ratio <= -(1 << (bits - 1)) ? 1 : 0;
      above += ratio >= (1 << (bits - 1)) - 1 ? 1 : 0;
    }
    assertThat(below).as("weights below the range").isPositive();
    assertThat(above).as("weights above the range").isPositive();
    assertThat(below + above).as("weights outside the range").isLessThan(weights.length);

    Subject subject = new Subject(bits, weights).with(stepSize);
    float[] shaped = subject.gradient(gradients);

    double tiny = 1e-8;
    for (int index = 0; index < weights.length; index++) {
      double up = surrogate(weights[index] + tiny, stepSize, residuals[index], bits);
      double down = surrogate(weights[index] - tiny, stepSize, residuals[index], bits);
      double expected = gradients[index] * (up - down) / (2 * tiny);
      assertThat((double) shaped[index])
          .as("weight %s, seed %d", weights[index], SEED)
          .isCloseTo(expected, within(1e-5));
    }
    double sum = 0;
    for (int index = 0; index < weights.length; index++) {
      double up = surrogate(weights[index], stepSize + tiny, residuals[index], bits);
      double down = surrogate(weights[index], stepSize - tiny, residuals[index], bits);
      sum += gradients[index] * (up - down) / (2 * tiny);
    }
    double expected = sum / Math.sqrt((double) weights.length * ((1 << (bits - 1)) - 1));
    assertThat((double) subject.stepSizeGradient())
        .as("seed %d", SEED)
        .isCloseTo(expected, within(Math.abs(expected) * 1e-5 + 1e-6));
  }

  private static double surrogate(double weight, double stepSize, double residual, int bits) {
    return stepSize * (clip(weight / stepSize, bits) + residual);
  }

  private static double clip(double ratio, int bits) {
    return Math.max(-(1 << (bits - 1)), Math.min((1 << (bits - 1)) - 1, ratio));
  }

  @Test
  void atTheEndsOfTheRangeAWeightHasNoGradient() {
    // Two bits: −2 and 1 steps of 0.5 are the ends.
    Subject subject = new Subject(2, -1f, 0.5f, -0.99f, 0.49f).with(0.5f);
    assertThat(subject.gradient(1f, 10f, 100f, 1000f)).containsExactly(0f, 0f, 100f, 1000f);
    double inside = 100 * (-2 + 0.99 / 0.5) + 1000 * (1 - 0.49 / 0.5);
    assertThat((double) subject.stepSizeGradient())
        .isCloseTo((-2 + 10 + inside) / Math.sqrt(4), within(1e-4));
  }

  @Test
  void theStepSizeStaysPositiveAndReachesTheMeanWeight() {
    Subject subject = new Subject(4, 0.7f, -1.4f, 0f, -2.1f);
    for (float stepped : new float[] {-3f, 0f, 1e-9f, 0.1f}) {
      subject.with(stepped).afterUpdate();
      assertThat((double) subject.stepSize()).isCloseTo(1.05 / 7, within(1e-8));
    }
    subject.with(0.2f).afterUpdate();
    assertThat(subject.stepSize()).isEqualTo(0.2f);
    subject.with(Float.NaN).afterUpdate();
    assertThat(subject.stepSize()).as("so that divergence is seen").isNaN();
    subject.latent.assertUnchanged(new float[] {0.7f, -1.4f, 0f, -2.1f});

    Subject zero = new Subject(4, 0f, -0f).with(-1f);
    zero.afterUpdate();
    assertThat(zero.stepSize()).isEqualTo(Float.MIN_NORMAL);
    assertThat(zero.quantized()).containsExactly(0f, 0f);
  }

  @Test
  void theLargestWeightsStayFinite() {
    Subject subject = new Subject(8, Float.MAX_VALUE, -Float.MAX_VALUE);
    subject.quantizer.initializeState(subject.latent.tensor(), subject.context);
    for (float weight : subject.quantized()) {
      assertThat(weight).isFinite().isNotZero();
    }
  }

  /** Descent on Σ (v̂ − t)² finds step size and weights for targets on another grid. */
  @Test
  void learnsTheStepSizeOfAGridThatTheTargetsAreOn() {
    float[] targets = new float[64];
    float[] start = normal(targets.length, 0.3);
    for (int index = 0; index < targets.length; index++) {
      targets[index] = 0.3f * (index % 4 - 2);
    }
    Subject subject = new Subject(2, start);
    subject.quantizer.initializeState(subject.latent.tensor(), subject.context);
    for (int step = 0; step < 3000; step++) {
      float[] gradients = subject.quantized();
      for (int index = 0; index < gradients.length; index++) {
        gradients[index] = 2 * (gradients[index] - targets[index]);
      }
      float[] shaped = subject.gradient(gradients);
      for (int index = 0; index < shaped.length; index++) {
        float moved = Tensors.floats(subject.latent.tensor()).get(index) - 0.01f * shaped[index];
        Tensors.floats(subject.latent.tensor()).put(index, moved);
      }
      subject.with(subject.stepSize() - 0.01f * subject.stepSizeGradient()).afterUpdate();
    }
    assertThat((double) subject.stepSize()).as("seed %d", SEED).isCloseTo(0.3, within(0.01));
  }

  private static float[] normal(int length, double scale) {
    RandomSource random = RandomSource.of(SEED, RandomPurpose.MODEL, length);
    float[] values = new float[length];
    for (int index = 0; index < length; index++) {
      values[index] = (float) (scale * random.normal(index));
    }
    return values;
  }

  /** A quantizer with weights and the arrays that it keeps beside them. */
  private static final class Subject {
    private final Lsq quantizer;
    private final GuardedTensor latent;
    private final StateArrays state;
    private final QuantizationContext context;

    Subject(int bits, float... weights) {
      quantizer = new Lsq(bits);
      latent = GuardedTensor.of(weights, weights.length, 1);
      state = StateArrays.allocate(quantizer.stateArrays(), weights.length, 1);
      context =
          new QuantizationContext(
              new ParameterPlace("conv/weight", ParameterRole.CONVOLUTION_WEIGHT, 0, 1),
              state,
              new Moment(1, 1, 0, 0.01, 1),
              false,
              RandomSource.of(SEED, RandomPurpose.QUANTIZE, 1));
    }

    Subject with(float stepSize) {
      Tensors.floats(state.values("step-size")).put(0, stepSize);
      return this;
    }

    float stepSize() {
      return Tensors.floats(state.values("step-size")).get(0);
    }

    float stepSizeGradient() {
      return Tensors.floats(state.gradient("step-size")).get(0);
    }

    float[] quantized() {
      int length = (int) latent.tensor().length();
      GuardedTensor target = GuardedTensor.of(new float[length], length, 1);
      quantizer.quantize(latent.tensor(), target.tensor(), context);
      return target.values();
    }

    float[] gradient(float... gradients) {
      GuardedTensor gradient = GuardedTensor.of(gradients, gradients.length, 1);
      quantizer.gradient(latent.tensor(), gradient.tensor(), context);
      return gradient.values();
    }

    void afterUpdate() {
      quantizer.afterUpdate(latent.tensor(), context);
    }
  }
}
