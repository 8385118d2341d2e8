package org.roundel.api.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
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
 * What every {@link Optimizer} keeps to. A plugin's test extends it:
 *
 * <pre>{@code
 * class LionContractTest extends OptimizerContract {
 *   @Override
 *   protected OptimizerFactory factory() {
 *     return new LionFactory();
 *   }
 *
 *   @Override
 *   protected List<Map<String, String>> variants() {
 *     return List.of(Map.of(), Map.of("weight-decay", "0.001"));
 *   }
 * }
 * }</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OptimizerContract extends ComponentFactoryContract<OptimizerFactory> {
  private static final long[] SHAPE = {2, 3, 2, 2};
  private static final int SIZE = 24;
  private static final double RATE = 0.01;

  /** Returns the option values to run every test with; the default is the options' defaults. */
  protected List<Map<String, String>> variants() {
    return List.of(Map.of());
  }

  /**
   * Returns how many updates of rate 0.01 bring a quadratic of curvature 0.5 to 2 to less than 1 %
   * of its value, from a distance of 1 to its minimum.
   */
  protected int updatesForQuadratic() {
    return 2000;
  }

  @Override
  protected final List<? extends ComponentFactory> offeredBy(RoundelPlugin plugin) {
    return plugin.optimizers();
  }

  @Override
  protected final Optimizer create(OptimizerFactory factory, Options options) {
    return factory.create(options);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void stateNamesHaveTheFormAndAreUnique(Map<String, String> variant) {
    Optimizer optimizer = optimizer(variant);
    assertThat(optimizer.stateNames())
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches(ComponentFactory.NAME_PATTERN))
        .isEqualTo(optimizer.stateNames())
        .isEqualTo(optimizer(variant).stateNames());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theFirstUpdateFromZeroStateGoesDownhill(Map<String, String> variant) {
    Optimizer optimizer = optimizer(variant);
    Quadratic quadratic = new Quadratic(SIZE);
    OptimizerCase parameter = new OptimizerCase(optimizer, new float[SIZE], SHAPE);
    parameter.update(quadratic.gradient(parameter.weights()), RATE, 1);
    assertThat(quadratic.value(parameter.weights())).isLessThan(quadratic.value(new float[SIZE]));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void aQuadraticIsMinimised(Map<String, String> variant) {
    Quadratic quadratic = new Quadratic(SIZE);
    OptimizerCase parameter = new OptimizerCase(optimizer(variant), new float[SIZE], SHAPE);
    for (int step = 1; step <= updatesForQuadratic(); step++) {
      parameter.update(quadratic.gradient(parameter.weights()), RATE, step);
    }
    assertThat(quadratic.value(parameter.weights()))
        .isLessThan(0.01 * quadratic.value(new float[SIZE]));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void aLearningRateOfZeroLeavesTheWeights(Map<String, String> variant) {
    float[] weights = new Quadratic(SIZE).gradient(new float[SIZE]);
    OptimizerCase parameter = new OptimizerCase(optimizer(variant), weights, SHAPE);
    parameter.update(new Quadratic(SIZE).gradient(weights), 0, 1);
    assertThat(parameter.weights()).isEqualTo(weights);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void extremeStepsAndGradientsGiveNumbers(Map<String, String> variant) {
    for (long step : new long[] {1, 2, 1_000_000_000, Long.MAX_VALUE}) {
      for (float slope : new float[] {0f, -0f, Float.MIN_VALUE, 1e-30f, 0x1p50f, -0x1p50f}) {
        OptimizerCase parameter = new OptimizerCase(optimizer(variant), new float[] {1f}, 1, 1);
        parameter.update(new float[] {slope}, RATE, step);
        assertThat(parameter.weights()[0]).as("gradient %s, step %d", slope, step).isFinite();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void oneObjectServesSeveralParameters(Map<String, String> variant) {
    // One optimizer serves two parameters in turn; it may remember neither.
    Quadratic quadratic = new Quadratic(SIZE);
    Optimizer shared = optimizer(variant);
    float[] start = new float[SIZE];
    OptimizerCase first = new OptimizerCase(shared, start, SHAPE);
    OptimizerCase second = new OptimizerCase(shared, quadratic.gradient(start), SHAPE);
    OptimizerCase alone = new OptimizerCase(optimizer(variant), start, SHAPE);
    for (int step = 1; step <= 5; step++) {
      first.update(quadratic.gradient(first.weights()), RATE, step);
      second.update(quadratic.gradient(second.weights()), RATE, step);
      alone.update(quadratic.gradient(alone.weights()), RATE, step);
    }
    assertThat(first.bits()).isEqualTo(alone.bits());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void anotherObjectContinuesFromTheStateArrays(Map<String, String> variant) {
    Quadratic quadratic = new Quadratic(SIZE);
    OptimizerCase through = new OptimizerCase(optimizer(variant), new float[SIZE], SHAPE);
    for (int step = 1; step <= 3; step++) {
      through.update(quadratic.gradient(through.weights()), RATE, step);
    }
    OptimizerCase resumed = through.resumedWith(optimizer(variant));
    for (int step = 4; step <= 8; step++) {
      through.update(quadratic.gradient(through.weights()), RATE, step);
      resumed.update(quadratic.gradient(resumed.weights()), RATE, step);
    }
    assertThat(resumed.bits()).isEqualTo(through.bits());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theNumberOfThreadsDoesNotMatter(Map<String, String> variant) {
    Optimizer optimizer = optimizer(variant);
    int before = Chunks.threads();
    try {
      Chunks.setThreads(1);
      int[] alone = afterTwoUpdates(optimizer);
      for (int threads = 2; threads <= 4; threads++) {
        Chunks.setThreads(threads);
        assertThat(afterTwoUpdates(optimizer)).as("with %d threads", threads).isEqualTo(alone);
      }
    } finally {
      Chunks.setThreads(before);
    }
  }

  /** Updates an array that a pass cuts into several chunks, and returns every bit. */
  private static int[] afterTwoUpdates(Optimizer optimizer) {
    int size = 6 * Chunks.LENGTH + 6;
    Quadratic quadratic = new Quadratic(size);
    OptimizerCase parameter = new OptimizerCase(optimizer, new float[size], 6, Chunks.LENGTH + 1L);
    parameter.update(quadratic.gradient(parameter.weights()), RATE, 1);
    parameter.update(quadratic.gradient(parameter.weights()), RATE, 2);
    return parameter.bits();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void neverTouchesTheRandomNumbersOfNd4j(Map<String, String> variant) {
    Nd4j.getRandom().setSeed(1);
    int undisturbed = Nd4j.getRandom().nextInt();
    Nd4j.getRandom().setSeed(1);
    OptimizerCase parameter = new OptimizerCase(optimizer(variant), new float[SIZE], SHAPE);
    parameter.update(new Quadratic(SIZE).gradient(parameter.weights()), RATE, 1);
    assertThat(Nd4j.getRandom().nextInt()).as("ND4J's next number").isEqualTo(undisturbed);
  }

  private Optimizer optimizer(Map<String, String> variant) {
    return create(factory(), options(variant));
  }
}
