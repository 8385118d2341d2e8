package org.roundel.api.quantizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.Chunks;
import org.roundel.api.ComponentFactory;
import org.roundel.api.ComponentFactoryContract;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;

/**
 * What every {@link Quantizer} keeps to. A plugin's test extends it:
 *
 * <pre>{@code
 * class TernaryContractTest extends QuantizerContract {
 *   @Override
 *   protected QuantizerFactory factory() {
 *     return new TernaryFactory();
 *   }
 *
 *   @Override
 *   protected List<Map<String, String>> variants() {
 *     return List.of(Map.of(), Map.of("threshold", "0.1"));
 *   }
 * }
 * }</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class QuantizerContract extends ComponentFactoryContract<QuantizerFactory> {
  /** Returns the option values to run every test with; the default is the options' defaults. */
  protected List<Map<String, String>> variants() {
    return List.of(Map.of());
  }

  /**
   * Returns whether a weight that is a value of the grid stays where it is when it is quantized
   * again; not for a method that moves weights from one value to another by itself.
   */
  protected boolean gridValuesStay() {
    return true;
  }

  @Override
  protected final List<? extends ComponentFactory> offeredBy(RoundelPlugin plugin) {
    return plugin.quantizers();
  }

  @Override
  protected final Quantizer create(QuantizerFactory factory, Options options) {
    return factory.create(options);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void levelsAreIncreasingFiniteAndANewArray(Map<String, String> variant) {
    Quantizer quantizer = quantizer(variant);
    float[] levels = quantizer.levels();
    assertThat(levels).hasSizeLessThanOrEqualTo(Grid.MAXIMUM_SIZE);
    for (int index = 0; index < levels.length; index++) {
      assertThat(levels[index]).isFinite();
      assertThat(index == 0 || levels[index] > levels[index - 1]).as("increasing").isTrue();
    }
    float[] expected = levels.clone();
    Arrays.fill(levels, 77);
    assertThat(quantizer.levels()).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theWeightsThatTheNetComputesWithAreOnTheGrid(Map<String, String> variant) {
    Quantizer quantizer = quantizer(variant);
    float[] levels = quantizer.levels();
    for (QuantizerCase given : QuantizerCase.finite(levels)) {
      for (float[] netWeights : given.run(quantizer).netWeights()) {
        for (float weight : netWeights) {
          assertThat(weight).isFinite();
          assertThat(levels.length == 0 || Arrays.binarySearch(levels, weight) >= 0)
              .as("%s is one of the values %s", weight, Arrays.toString(levels))
              .isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void infiniteWeightsEndOnTheGridAndNanStaysNan(Map<String, String> variant) {
    Quantizer quantizer = quantizer(variant);
    float[] levels = quantizer.levels();
    float[] weights = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0.5f};
    float[] result = QuantizerCase.of(weights, 4, 1).run(quantizer).quantized();
    assertThat(result[0]).as("so that divergence is seen").isNaN();
    for (int index = 1; levels.length > 0 && index < result.length; index++) {
      assertThat(Arrays.binarySearch(levels, result[index]))
          .as("%s, from %s, is one of %s", result[index], weights[index], Arrays.toString(levels))
          .isNotNegative();
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void quantizingTwiceIsQuantizingOnce(Map<String, String> variant) {
    Quantizer quantizer = quantizer(variant);
    for (QuantizerCase given : QuantizerCase.finite(quantizer.levels())) {
      QuantizerCase.Result once = given.run(quantizer);
      assertThat(given.with(once.updated()).run(quantizer).updated()).isEqualTo(once.updated());
      if (quantizer.levels().length > 0 && gridValuesStay()) {
        QuantizerCase again = given.with(once.quantized()).at(1, given.step() + 1, 9);
        assertThat(again.run(quantizer).quantized())
            .as("in a later step, with other random numbers")
            .isEqualTo(once.quantized());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theSameArgumentsGiveTheSameBytes(Map<String, String> variant) {
    Quantizer quantizer = quantizer(variant);
    for (QuantizerCase given : QuantizerCase.all(quantizer.levels())) {
      int[] first = given.run(quantizer).bits();
      assertThat(given.run(quantizer).bits()).as("a second call").isEqualTo(first);
      assertThat(given.run(quantizer(variant)).bits()).as("a second object").isEqualTo(first);
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void neitherTheOrderOfParametersNorThreadsMatter(Map<String, String> variant) throws Exception {
    Quantizer quantizer = quantizer(variant);
    List<QuantizerCase> cases = QuantizerCase.all(quantizer.levels());
    List<int[]> forwards = new ArrayList<>();
    for (QuantizerCase given : cases) {
      forwards.add(given.run(quantizer).bits());
    }
    for (int index = cases.size() - 1; index >= 0; index--) {
      assertThat(cases.get(index).run(quantizer).bits()).isEqualTo(forwards.get(index));
    }
    List<Callable<int[]>> tasks = new ArrayList<>();
    for (QuantizerCase given : cases) {
      tasks.add(() -> given.run(quantizer).bits());
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<int[]>> results = threads.invokeAll(tasks);
      for (int index = 0; index < results.size(); index++) {
        assertThat(results.get(index).get()).as("from a thread").isEqualTo(forwards.get(index));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theNumberOfThreadsDoesNotMatter(Map<String, String> variant) {
    Quantizer quantizer = quantizer(variant);
    QuantizerCase given = QuantizerCase.large(quantizer.levels());
    int before = Chunks.threads();
    try {
      Chunks.setThreads(1);
      int[] alone = given.run(quantizer).bits();
      for (int threads = 2; threads <= 4; threads++) {
        Chunks.setThreads(threads);
        assertThat(given.run(quantizer).bits()).as("with %d threads", threads).isEqualTo(alone);
      }
    } finally {
      Chunks.setThreads(before);
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void whatIsRandomChangesWithSeedStepAndTensorAlike(Map<String, String> variant) {
    Quantizer quantizer = quantizer(variant);
    QuantizerCase given = QuantizerCase.ordinary(quantizer.levels());
    QuantizerCase.Result result = given.at(1, 5, 3).run(quantizer);
    QuantizerCase.Result otherSeed = given.at(2, 5, 3).run(quantizer);
    QuantizerCase.Result otherStep = given.at(1, 6, 3).run(quantizer);
    QuantizerCase.Result otherTensor = given.at(1, 5, 4).run(quantizer);
    boolean random = !Arrays.equals(otherSeed.quantized(), result.quantized());
    if (random) {
      assertThat(otherStep.quantized()).as("another step").isNotEqualTo(result.quantized());
      assertThat(otherTensor.quantized()).as("another tensor").isNotEqualTo(result.quantized());
    }
    boolean randomStart = !Arrays.equals(otherSeed.initial(), result.initial());
    boolean startByTensor = !Arrays.equals(otherTensor.initial(), result.initial());
    assertThat(startByTensor).as("another tensor starts elsewhere").isEqualTo(randomStart);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void neverTouchesTheRandomNumbersOfNd4j(Map<String, String> variant) {
    Quantizer quantizer = quantizer(variant);
    QuantizerCase given = QuantizerCase.ordinary(quantizer.levels());
    Nd4j.getRandom().setSeed(1);
    int undisturbed = Nd4j.getRandom().nextInt();
    Nd4j.getRandom().setSeed(1);
    int[] first = given.run(quantizer).bits();
    assertThat(Nd4j.getRandom().nextInt()).as("ND4J's next number").isEqualTo(undisturbed);
    Nd4j.getRandom().setSeed(2);
    assertThat(given.run(quantizer).bits()).as("under another ND4J seed").isEqualTo(first);
  }

  private Quantizer quantizer(Map<String, String> variant) {
    return create(factory(), options(variant));
  }
}
