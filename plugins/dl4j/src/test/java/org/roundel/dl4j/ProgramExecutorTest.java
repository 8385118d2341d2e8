package org.roundel.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.InputShape;
import org.roundel.dl4j.GraphTranslator.UntranslatableException;
import org.roundel.onednn.Layout;

/** Compiled programs of random graphs against DL4J's own kernels in double precision. */
class ProgramExecutorTest {
  private static final int CLASSES = 3;
  private static final int SEEDS = 24;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, SEEDS);
  }

  @Test
  void theSeedsCoverEveryBlock() {
    Set<VariedGraph.Block> seen = EnumSet.noneOf(VariedGraph.Block.class);
    seeds().forEach(seed -> seen.addAll(VariedGraph.blocks(seed)));
    assertThat(seen).containsExactlyInAnyOrder(VariedGraph.Block.values());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void plainGraphsAgree(long seed) throws UntranslatableException {
    check(RandomGraph.of(seed, CLASSES, multiple(seed)), seed);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void variedGraphsAgree(long seed) throws UntranslatableException {
    check(VariedGraph.of(seed, CLASSES, multiple(seed)), seed);
  }

  /** Every other net suits blocked layouts, on machines with AVX-512 as well. */
  private static int multiple(long seed) {
    return seed % 2 == 0 ? 16 : 1;
  }

  private static void check(ComputationGraphConfiguration configuration, long seed)
      throws UntranslatableException {
    InputShape input = new InputShape(1 + (int) (seed % 3), 9, 8);
    NetDefinition definition = new DefinitionReader(configuration, input, CLASSES).read();
    for (Layout layout : Layout.values()) {
      try (NetExecutor reference = new GraphExecutor(definition, DataType.DOUBLE, false);
          NetExecutor program =
              new ProgramExecutor(
                  GraphTranslator.translate(definition, input), definition.length(), 7, layout)) {
        InitialWeights.write(definition, program.values(), Fixtures.random(seed));
        for (int size : new int[] {7, 4, 7}) {
          reference.values().assign(program.values());
          INDArray images =
              Fixtures.normal(DataType.FLOAT, seed + 50 + size, size, input.channels(), 9, 8);
          int[] labels = Fixtures.labels(size, CLASSES);
          BatchResult expected = reference.train(images, labels, Fixtures.random(size));
          BatchResult found = program.train(images, labels, Fixtures.random(size));
          Agreement.assertLoss("training loss, seed " + seed, found.loss(), expected.loss());
          assertThat(found.wrong()).isEqualTo(expected.wrong());
          for (TensorSpec spec : definition.parameters()) {
            Agreement.assertClose(
                spec.name() + ", seed " + seed,
                spec.view(program.gradients()),
                spec.view(reference.gradients()),
                scale(definition, spec, reference.gradients()));
          }
          for (TensorSpec spec : definition.buffers()) {
            Agreement.assertClose(
                spec.name() + ", seed " + seed,
                spec.view(program.values()),
                spec.view(reference.values()),
                Math.max(1, Agreement.largest(spec.view(reference.values()))));
          }
          expected = reference.evaluate(images, labels);
          found = program.evaluate(images, labels);
          Agreement.assertLoss("loss in inference, seed " + seed, found.loss(), expected.loss());
          assertThat(found.wrong()).isEqualTo(expected.wrong());
        }
      }
    }
  }

  /** Returns the largest gradient in a tensor's layer. */
  private static double scale(NetDefinition definition, TensorSpec tensor, INDArray gradients) {
    double largest = 0;
    for (TensorSpec spec : definition.parameters()) {
      if (spec.layer().equals(tensor.layer())) {
        largest = Math.max(largest, Agreement.largest(spec.view(gradients)));
      }
    }
    return largest;
  }

  /**
   * DL4J's gradient of ELU is wrong where α is not 1, as a central difference of DL4J's own loss
   * shows: (F(b + h) − F(b − h)) / 2h, with h = 1e-5 off by 1e-10 for the third derivative and
   * 1e-11 for rounding. The program's is right to float32.
   */
  @Test
  void eluWithAnotherAlphaFollowsTheCentralDifferenceWhereDl4jDoesNot()
      throws UntranslatableException {
    InputShape input = new InputShape(1, 4, 4);
    ComputationGraphConfiguration net =
        Layers.graph()
            .addLayer("linear", Layers.linear(6, true), "images")
            .addLayer("elu", new ActivationLayer(new ActivationELU(0.5)), "linear")
            .addLayer("output", Layers.classifier(CLASSES), "elu")
            .setOutputs("output")
            .build();
    NetDefinition definition = new DefinitionReader(net, input, CLASSES).read();
    INDArray images = Fixtures.normal(DataType.FLOAT, 3, 4, 1, 4, 4);
    int[] labels = Fixtures.labels(4, CLASSES);
    TensorSpec bias = definition.parameters().get(1);
    assertThat(bias.name()).isEqualTo("linear/bias");
    try (NetExecutor reference = new GraphExecutor(definition, DataType.DOUBLE, false);
        NetExecutor program =
            new ProgramExecutor(
                GraphTranslator.translate(definition, input), definition.length(), 4, null)) {
      InitialWeights.write(definition, program.values(), Fixtures.random(1));
      reference.values().assign(program.values());
      program.train(images, labels, Fixtures.random(0));
      reference.train(images, labels, Fixtures.random(0));
      INDArray theirs = bias.view(reference.gradients()).dup();
      INDArray shifted = bias.view(reference.values());
      double step = 1e-5;
      double theirError = 0;
      for (int unit = 0; unit < bias.length(); unit++) {
        shifted.putScalar(unit, step);
        double above = reference.evaluate(images, labels).loss();
        shifted.putScalar(unit, -step);
        double below = reference.evaluate(images, labels).loss();
        shifted.putScalar(unit, 0);
        double slope = (above - below) / (2 * step);
        assertThat(bias.view(program.gradients()).getDouble(unit))
            .isCloseTo(slope, within(Agreement.BOUND));
        theirError = Math.max(theirError, Math.abs(theirs.getDouble(unit) - slope));
      }
      assertThat(theirError).isGreaterThan(0.01);
    }
  }
}
