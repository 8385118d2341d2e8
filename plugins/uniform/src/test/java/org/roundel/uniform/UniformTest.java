package org.roundel.uniform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.kit.probe.GuardedTensor;

class UniformTest {
  private static final long SEED = 1806;
  private static final int SIZE = 200_000;

  private static final float[] TWO_CHANNELS = {3f, -1.5f, 0.6f, 12f, -6f, 2.4f};

  @Test
  void theLargestWeightOfTheTensorSetsTheStep() {
    // 3 bits: the step is 12 / 3.
    assertThat(quantized(uniform("bits", "3"), TWO_CHANNELS, 2, 3))
        .containsExactly(4f, 0f, 0f, 12f, -8f, 4f);
    assertThat(quantized(uniform("bits", "3", "ties", "half-away"), TWO_CHANNELS, 2, 3))
        .containsExactly(4f, 0f, 0f, 12f, -8f, 4f);
  }

  @Test
  void theLargestWeightOfEachChannelSetsItsStep() {
    // 3 bits: the steps are 1 and 4; -1.5 and -6 are in the middle.
    Quantizer perChannel = uniform("bits", "3", "granularity", "channel");
    assertThat(quantized(perChannel, TWO_CHANNELS, 2, 3))
        .containsExactly(3f, -2f, 1f, 12f, -8f, 4f);
    float[] middles = {3f, -2.5f, 0.5f, 12f, -10f, 2f};
    assertThat(quantized(perChannel, middles, 2, 3)).containsExactly(3f, -2f, 0f, 12f, -8f, 0f);
    Quantizer away = uniform("bits", "3", "granularity", "channel", "ties", "half-away");
    assertThat(quantized(away, middles, 2, 3)).containsExactly(3f, -3f, 1f, 12f, -12f, 4f);
  }

  @Test
  void aFixedRangeSetsTheStepAndIsTheEnd() {
    Quantizer fixed = uniform("bits", "3", "range", "1.5");
    assertThat(fixed.levels()).containsExactly(-1.5f, -1f, -0.5f, 0f, 0.5f, 1f, 1.5f);
    float infinity = Float.POSITIVE_INFINITY;
    assertThat(quantized(fixed, new float[] {0.2f, -0.75f, 1.6f, -infinity, infinity, -0f}, 6, 1))
        .containsExactly(0f, -1f, 1.5f, -1.5f, 1.5f, 0f);
    assertThat(uniform("bits", "16", "range", "1e-30").levels()).hasSize(65_535);
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "3, 7", "8, 255", "16, 65535"})
  void hasOneValueLessThanItsBitsTell(String bits, int values) {
    assertThat(uniform("bits", bits).distinctValues()).isEqualTo(values);
    assertThat(uniform("bits", bits).levels()).isEmpty();
    assertThat(uniform("bits", bits, "range", "1").levels()).hasSize(values);
  }

  @ParameterizedTest
  @EnumSource(Rounding.class)
  void zerosStayZerosAndInfinityCountsAsTheLargestNumber(Rounding rounding) {
    float largest = Float.MAX_VALUE;
    float infinity = Float.POSITIVE_INFINITY;
    for (boolean perChannel : new boolean[] {false, true}) {
      Quantizer quantizer = new Uniform(8, rounding, perChannel, 0);
      assertThat(GuardedTensor.bits(quantized(quantizer, new float[] {0f, -0f}, 1, 2)))
          .containsExactly(0, 0);
      assertThat(quantized(quantizer, new float[] {infinity, -infinity, Float.NaN, largest}, 1, 4))
          .containsExactly(largest, -largest, Float.NaN, largest);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "4", "8", "16"})
  void quantizingTwiceIsQuantizingOnceBitForBit(String bits) {
    float[] latent = normal(9 * 3000);
    for (Map<String, String> variant :
        List.of(
            Map.<String, String>of(), Map.of("granularity", "channel"), Map.of("range", "0.7"))) {
      for (String rounding : List.of("nearest", "stochastic")) {
        Map<String, String> options = new HashMap<>(variant);
        options.put("bits", bits);
        options.put("rounding", rounding);
        Quantizer quantizer = create(options);
        float[] once = quantized(quantizer, latent, 9, 3000);
        assertThat(GuardedTensor.bits(quantized(quantizer, once, 9, 3000, 2)))
            .as("%s, seed %d", options, SEED)
            .isEqualTo(GuardedTensor.bits(once));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"tensor, 0.3", "tensor, -0.3", "channel, 0.3", "channel, 0.999", "channel, 0.01"})
  void stochasticIsUnbiased(String granularity, float weight) {
    // 3 bits, and 1 is the largest weight: the step is 1/3.
    float[] latent = new float[SIZE];
    Arrays.fill(latent, weight);
    latent[0] = 1;
    Quantizer quantizer =
        uniform("bits", "3", "rounding", "stochastic", "granularity", granularity);
    float[] weights = quantized(quantizer, latent, 1, SIZE);
    double sum = 0;
    for (int index = 1; index < SIZE; index++) {
      sum += (double) weights[index] - weight;
    }
    double fraction = 3.0 * weight - Math.floor(3.0 * weight);
    double standardError = Math.sqrt(fraction * (1 - fraction) / (SIZE - 1)) / 3;
    assertThat(sum / (SIZE - 1)).as("seed %d", SEED).isCloseTo(0, within(5 * standardError));
  }

  @Test
  void stochasticDrawsTheSameForATensorAsForItsOnlyChannel() {
    float[] latent = normal(9000);
    float[] tensor = quantized(uniform("bits", "4", "rounding", "stochastic"), latent, 1, 9000);
    Quantizer perChannel = uniform("bits", "4", "rounding", "stochastic", "granularity", "channel");
    assertThat(quantized(perChannel, latent, 1, 9000)).containsExactly(tensor);
  }

  @Test
  void theGradientPassesWithinAFixedRangeAndNotBeyond() {
    float[] latent = {1.5f, -1.5f, Math.nextUp(1.5f), -7f, 0f, Float.NEGATIVE_INFINITY};
    float[] slope = {2f, -0f, 3f, 4f, -5f, 6f};
    Quantizer fixed = uniform("bits", "3", "range", "1.5");
    assertThat(gradient(fixed, latent, slope)).containsExactly(2f, -0f, 0f, 0f, -5f, 0f);
    assertThat(gradient(uniform("bits", "3"), latent, slope)).containsExactly(slope);
  }

  @Test
  void optionsThatContradictEachOtherAreRefused() {
    assertRefused(
        "option 'ties' is given, but rounding=stochastic does not use it; remove it or set"
            + " rounding=nearest",
        Map.of("rounding", "stochastic", "ties", "half-even"));
    assertRefused(
        "option 'granularity' is given, but a fixed range is the same for all tensors and channels;"
            + " remove it or set range=0",
        Map.of("range", "1", "granularity", "channel"));
    assertRefused(
        "option 'range' is 1.0E-31; allowed: 0 for the largest weight, or at least 1.0E-30, below"
            + " which float32 numbers are too coarse",
        Map.of("range", "1e-31"));
  }

  private static void assertRefused(String message, Map<String, String> given) {
    assertThatThrownBy(() -> create(given))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }

  private static float[] normal(int count) {
    RandomSource random = RandomSource.of(SEED, RandomPurpose.MODEL, 0);
    float[] values = new float[count];
    for (int index = 0; index < count; index++) {
      values[index] = (float) (0.3 * random.normal(index));
    }
    return values;
  }

  private static Quantizer uniform(String... options) {
    Map<String, String> given = new HashMap<>();
    for (int index = 0; index < options.length; index += 2) {
      given.put(options[index], options[index + 1]);
    }
    return create(given);
  }

  private static Quantizer create(Map<String, String> given) {
    UniformFactory factory = new UniformFactory();
    return factory.create(Options.of(factory.options(), given));
  }

  private static float[] quantized(Quantizer quantizer, float[] latent, int rows, int columns) {
    return quantized(quantizer, latent, rows, columns, 1);
  }

  private static float[] quantized(
      Quantizer quantizer, float[] latent, int rows, int columns, long step) {
    GuardedTensor source = GuardedTensor.of(latent, rows, columns);
    GuardedTensor target = GuardedTensor.of(new float[latent.length], rows, columns);
    quantizer.quantize(source.tensor(), target.tensor(), context(step));
    return target.values();
  }

  private static float[] gradient(Quantizer quantizer, float[] latent, float[] slope) {
    GuardedTensor weights = GuardedTensor.of(latent, latent.length, 1);
    GuardedTensor gradient = GuardedTensor.of(slope, latent.length, 1);
    quantizer.gradient(weights.tensor(), gradient.tensor(), context(1));
    return gradient.values();
  }

  private static QuantizationContext context(long step) {
    return QuantizationContext.of(
        "conv/weight",
        ParameterRole.CONVOLUTION_WEIGHT,
        step,
        RandomSource.of(SEED, RandomPurpose.QUANTIZE, step));
  }
}
