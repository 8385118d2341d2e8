package org.roundel.parq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.Tensors;
import org.roundel.api.model.ParameterPlace;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.api.training.Moment;
import org.roundel.api.training.StateArrays;
import org.roundel.kit.probe.GuardedTensor;

class ParqTest {
  private static final long SEED = 2503;

  private final Parq quantizer =
      new Parq(new LeastSquaresGrid(1, false), new Annealing(0.2, 0.8, 10));
  private final StateArrays state = StateArrays.allocate(quantizer.stateArrays(), 4, 1);

  @Test
  void theNetComputesWithLatentWeightsThenMappedOnesThenSigns() {
    // mean|w| is 1.
    float[] latent = {0.25f, -0.5f, 1.25f, -2f};
    initialize(latent);
    assertThat(quantized(latent, 0.2, false)).containsExactly(latent);
    // Halfway the inverse slope is a half.
    assertThat(quantized(latent, 0.5, false)).containsExactly(0.5f, -1f, 1f, -1f);
    for (double progress : new double[] {0.8, 1}) {
      assertThat(quantized(latent, progress, false)).containsExactly(1, -1, 1, -1);
    }
    assertThat(quantized(latent, 0, true)).as("what ships").containsExactly(1, -1, 1, -1);
  }

  @Test
  void theGridIsFittedAnewAfterEveryTenthUpdate() {
    float[] latent = {0.25f, -0.5f, 1.25f, -2f};
    initialize(latent);
    float[] grown = {0.5f, -1f, 2.5f, -4f};
    GuardedTensor weights = GuardedTensor.of(grown, 4, 1);
    for (long step = 1; step < 10; step++) {
      quantizer.afterUpdate(weights.tensor(), context(step, 0.5, false));
      assertThat(scale()).isEqualTo(1);
    }
    quantizer.afterUpdate(weights.tensor(), context(10, 0.5, false));
    assertThat(scale()).isEqualTo(2);
    weights.assertUnchanged(grown);
  }

  @Test
  void theGradientPassesAndNothingIsSet() {
    float[] latent = {0.25f, -0.5f, 1.25f, -2f};
    GuardedTensor weights = GuardedTensor.of(latent, 4, 1);
    GuardedTensor gradient = GuardedTensor.of(latent, 4, 1);
    quantizer.initialize(weights.tensor(), context(0, 0, false));
    quantizer.gradient(weights.tensor(), gradient.tensor(), context(1, 0.5, false));
    weights.assertUnchanged(latent);
    gradient.assertUnchanged(latent);
  }

  @Test
  void theOptionBitsSaysHowManyValuesALayerHas() {
    Map<String, Integer> expected = Map.of("1", 2, "ternary", 3, "2", 4, "3", 8, "4", 16);
    expected.forEach(
        (bits, values) -> {
          ParqFactory factory = new ParqFactory();
          Options options = Options.of(factory.options(), Map.of("bits", bits));
          assertThat(factory.create(options).distinctValues()).isEqualTo(values);
        });
  }

  @Test
  void anEndThatIsNotAfterTheStartIsRefused() {
    ParqFactory factory = new ParqFactory();
    Options options = Options.of(factory.options(), Map.of("anneal-start", "0.9"));
    assertThatThrownBy(() -> factory.create(options))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("not more than anneal-start");
  }

  private void initialize(float[] latent) {
    GuardedTensor weights = GuardedTensor.of(latent, 4, 1);
    quantizer.initializeState(weights.tensor(), context(0, 0, false));
    weights.assertUnchanged(latent);
    assertThat((double) scale()).isCloseTo(1, within(1e-7));
  }

  private float scale() {
    return Tensors.floats(state.values("scale-1")).get(0);
  }

  private float[] quantized(float[] latent, double progress, boolean evaluation) {
    GuardedTensor source = GuardedTensor.of(latent, 4, 1);
    GuardedTensor target = GuardedTensor.of(new float[4], 4, 1);
    quantizer.quantize(source.tensor(), target.tensor(), context(3, progress, evaluation));
    source.assertUnchanged(latent);
    return target.values();
  }

  private QuantizationContext context(long step, double progress, boolean evaluation) {
    return new QuantizationContext(
        new ParameterPlace("conv/weight", ParameterRole.CONVOLUTION_WEIGHT, 0, 1),
        state,
        new Moment(step, 1, progress, 0.1, 1),
        evaluation,
        RandomSource.of(SEED, RandomPurpose.QUANTIZE, 1));
  }
}
