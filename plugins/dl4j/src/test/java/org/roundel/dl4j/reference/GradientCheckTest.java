package org.roundel.dl4j.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.model.InputShape;
import org.roundel.api.random.RandomSource;
import org.roundel.dl4j.Fixtures;
import org.roundel.dl4j.RandomGraph;
import org.roundel.dl4j.net.DefinitionReader;
import org.roundel.dl4j.net.NetDefinition;
import org.roundel.dl4j.net.NetExecutor;
import org.roundel.dl4j.net.TensorSpec;

/**
 * Gradients of random graphs, in double precision, against central differences: for every tensor,
 * along a direction v of random signs, (F(w + h v) − F(w − h v)) / 2h = g · v.
 *
 * <p>With h = 1e-7 a loss near 1 gives a rounding error of about 1e-16 · 10 / h = 1e-8; the
 * truncation error is of order h². Rectifiers that switch within h are rare at this size, and the
 * seeds are fixed.
 */
class GradientCheckTest {
  private static final int CLASSES = 3;
  private static final double STEP = 1e-7;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void gradientsAgreeWithCentralDifferences(long seed) {
    check(seed, RandomGraph.of(seed, CLASSES), null);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void soDoThoseOfSquaredHinge(long seed) {
    check(seed, Fixtures.withSquaredHinge(RandomGraph.of(seed, CLASSES)), null);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void soDoThoseOfTargets(long seed) {
    check(seed, RandomGraph.of(seed, CLASSES), Fixtures.targets(4, CLASSES));
  }

  private static void check(
      long seed, ComputationGraphConfiguration configuration, @Nullable INDArray targets) {
    InputShape input = new InputShape(2, 6, 5);
    NetDefinition definition = new DefinitionReader(configuration, input, CLASSES).read();
    try (NetExecutor executor = new GraphExecutor(definition, DataType.DOUBLE, false)) {
      INDArray values = executor.values();
      values.assign(Fixtures.normal(DataType.DOUBLE, seed, values.length()).muli(0.5));
      INDArray images = Fixtures.normal(DataType.DOUBLE, seed + 100, 4, 2, 6, 5);
      int[] labels = Fixtures.labels(4, CLASSES);
      executor.train(images, labels, targets, Fixtures.random(0));
      INDArray gradients = executor.gradients().dup();
      assertThat(gradients.norm2Number().doubleValue()).isGreaterThan(0.01);
      for (TensorSpec spec : definition.parameters()) {
        INDArray weights = spec.view(values);
        INDArray signs = signs(spec, seed).reshape('c', weights.shape());
        weights.addi(signs.mul(STEP));
        double above = executor.train(images, labels, targets, Fixtures.random(0)).loss();
        weights.subi(signs.mul(2 * STEP));
        double below = executor.train(images, labels, targets, Fixtures.random(0)).loss();
        weights.addi(signs.mul(STEP));
        double expected = spec.view(gradients).mul(signs).sumNumber().doubleValue();
        assertThat((above - below) / (2 * STEP))
            .as("seed %d, %s", seed, spec.name())
            .isCloseTo(expected, within(1e-6));
      }
    }
  }

  private static INDArray signs(TensorSpec spec, long seed) {
    double[] signs = new double[Math.toIntExact(spec.length())];
    RandomSource random = Fixtures.random(seed).forTensor(Math.toIntExact(spec.offset()));
    for (int element = 0; element < signs.length; element++) {
      signs[element] = 2 * random.below(2, element) - 1;
    }
    return Nd4j.createFromArray(signs);
  }
}
