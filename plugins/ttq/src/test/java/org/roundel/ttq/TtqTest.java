package org.roundel.ttq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
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

class TtqTest {
  private static final long SEED = 1612;

  @Test
  void weightsBeyondTheThresholdBecomeTheScaleOfTheirSide() {
    // The largest is 4, so the threshold is 1.
    Subject subject = new Subject(0.25, 4f, 1f, -1f, 1.01f, -1.01f, 0f, -0f, -3f);
    subject.scales(0.5f, 0.25f);
    assertThat(GuardedTensor.bits(subject.quantized()))
        .as("0 and never -0")
        .isEqualTo(GuardedTensor.bits(new float[] {0.5f, 0f, 0f, 0.5f, -0.25f, 0f, 0f, -0.25f}));
    subject.scales(0, 0);
    assertThat(GuardedTensor.bits(subject.quantized()))
        .as("0 and never -0")
        .isEqualTo(GuardedTensor.bits(new float[8]));
  }

  @Test
  void bothScalesStartAtOneAndNeverFallBelowZero() {
    Subject subject = new Subject(0.05, 0.3f, -0.1f);
    subject.quantizer.initializeState(subject.latent.tensor(), subject.context);
    assertThat(subject.quantized()).containsExactly(1f, -1f);
    subject.scales(-0.5f, Float.NaN);
    subject.quantizer.afterUpdate(subject.latent.tensor(), subject.context);
    assertThat(subject.positive()).isEqualTo(0f);
    assertThat(subject.negative()).isNaN();
    subject.latent.assertUnchanged(new float[] {0.3f, -0.1f});
  }

  @Test
  void theGradientOfALatentWeightIsScaledByItsValue() {
    Subject subject = new Subject(0.25, 4f, 1f, -1f, 2f, -2f, 0f);
    subject.scales(0.5f, 0.25f);
    assertThat(subject.gradient(8, 8, -8, -8, 8, 1)).containsExactly(4, 8, -8, -4, 2, 1);
  }

  /** Of Σ a_i·w̃_i with the scales moved and the latent weights where they are. */
  @Test
  void theGradientsOfTheScalesAreTheDerivativesByCentralDifferences() {
    int count = 2 * Chunks.LENGTH + 11;
    RandomSource random = RandomSource.of(SEED, RandomPurpose.MODEL, 0);
    float[] weights = new float[count];
    float[] slope = new float[count];
    for (int index = 0; index < count; index++) {
      weights[index] = (float) random.normal(index);
      slope[index] = (float) random.normal(count + index);
    }
    Subject subject = new Subject(0.2, weights);
    float step = 0.125f;
    double positive =
        (objective(subject, slope, 1 + step, 1) - objective(subject, slope, 1 - step, 1));
    double negative =
        (objective(subject, slope, 1, 1 + step) - objective(subject, slope, 1, 1 - step));
    subject.scales(1, 1);
    subject.gradient(slope);
    assertThat((double) subject.gradientOf("positive-scale"))
        .as("seed %d", SEED)
        .isCloseTo(positive / (2 * step), within(1e-3));
    assertThat((double) subject.gradientOf("negative-scale"))
        .as("seed %d", SEED)
        .isCloseTo(negative / (2 * step), within(1e-3));
    assertThat(positive * negative).isNotZero();
  }

  private static double objective(Subject subject, float[] slope, float positive, float negative) {
    subject.scales(positive, negative);
    float[] weights = subject.quantized();
    double sum = 0;
    for (int index = 0; index < slope.length; index++) {
      sum += (double) slope[index] * weights[index];
    }
    return sum;
  }

  @Test
  void nanStaysNanAndInfinityCountsAsTheLargestNumber() {
    Subject subject = new Subject(0.25, Float.NaN, Float.NEGATIVE_INFINITY, 1f, Float.MAX_VALUE);
    subject.scales(2, 3);
    assertThat(subject.quantized()).containsExactly(Float.NaN, -3f, 0f, 2f);
  }

  /** One parameter of as many channels as weights. */
  private static final class Subject {
    private final Ttq quantizer;
    private final float[] weights;
    private final GuardedTensor latent;
    private final StateArrays state;
    private final QuantizationContext context;

    Subject(double threshold, float... weights) {
      this.quantizer = new Ttq(threshold);
      this.weights = weights;
      this.latent = GuardedTensor.of(weights, weights.length, 1);
      this.state = StateArrays.allocate(quantizer.stateArrays(), weights.length, 1);
      this.context =
          new QuantizationContext(
              new ParameterPlace("conv/weight", ParameterRole.CONVOLUTION_WEIGHT, 0, 1),
              state,
              new Moment(1, 1, 0.5, 0.1, 1),
              false,
              RandomSource.of(SEED, RandomPurpose.QUANTIZE, 1));
    }

    void scales(float positive, float negative) {
      Tensors.floats(state.values("positive-scale")).put(0, positive);
      Tensors.floats(state.values("negative-scale")).put(0, negative);
    }

    float positive() {
      return Tensors.floats(state.values("positive-scale")).get(0);
    }

    float negative() {
      return Tensors.floats(state.values("negative-scale")).get(0);
    }

    float gradientOf(String scale) {
      return Tensors.floats(state.gradient(scale)).get(0);
    }

    float[] quantized() {
      GuardedTensor target = GuardedTensor.of(new float[weights.length], weights.length, 1);
      quantizer.quantize(latent.tensor(), target.tensor(), context);
      latent.assertUnchanged(weights);
      return target.values();
    }

    float[] gradient(float... gradients) {
      GuardedTensor gradient = GuardedTensor.of(gradients, weights.length, 1);
      quantizer.gradient(latent.tensor(), gradient.tensor(), context);
      latent.assertUnchanged(weights);
      return gradient.values();
    }
  }
}
