package org.roundel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundel.onednn.CompiledNet.Result;
import org.roundel.onednn.CompiledNet.StepTime;
import org.roundel.onednn.Operation.BatchNormalization;
import org.roundel.onednn.Operation.Convolution;
import org.roundel.onednn.Operation.Linear;
import org.roundel.onednn.Operation.Pooling;

/** Compiled programs against the interpreter: loss, every gradient, statistics, inference. */
class AgreementTest {
  private static final int BATCH = 5;

  /** Numbers nearer a kink than this may lie on its other side in float32. */
  private static final double KINK = 3e-6;

  static Stream<Arguments> nets() {
    return Stream.of(3, 16)
        .flatMap(
            channels ->
                TestNets.all(channels).entrySet().stream()
                    .map(net -> Arguments.of(net.getKey(), channels, net.getValue())));
  }

  @ParameterizedTest(name = "{0} of {1} channels")
  @MethodSource("nets")
  void agreesWithTheInterpreter(String name, int channels, Graph graph) {
    check(graph, BATCH, Integer.MAX_VALUE, TestNets.layouts());
  }

  @Test
  void agreesWhereWeightGradientsAreMatrixProducts() {
    // All of the wide convolution's 147,456 derivatives would take minutes.
    check(TestNets.matrixProduct(), 2, 48, TestNets.layouts());
  }

  @Test
  void theFreePlanComputesWideWeightGradientsAsMatrixProducts() {
    Graph graph = TestNets.matrixProduct();
    Batch batch = Batch.random(graph, 2, 1);
    float[] parameters = Parameter.random(graph, new Random(1));
    try (RunningNet net = new RunningNet(graph, parameters, 2, null)) {
      List<StepTime> steps = net.profile(batch);
      assertThat(steps)
          .filteredOn(step -> step.name().endsWith(" backward weights"))
          .anyMatch(step -> step.kernel().contains("gemm"));
    }
  }

  @Test
  void sixteenChannelsAreReallyBlocked() {
    Graph graph = TestNets.all(16).get("convolutions");
    LayoutPlan plan = LayoutPlan.uniform(graph, Layout.BLOCKED);
    for (int value = 1; value < graph.output(); value++) {
      assertThat(plan.home(value)).isEqualTo(Layout.BLOCKED);
    }
  }

  private static void check(Graph graph, int size, int most, Layout[] layouts) {
    long seed = 1;
    float[] parameters = Parameter.random(graph, new Random(seed));
    Batch batch = Batch.random(graph, size, seed);
    Interpreter training = new Interpreter(graph, parameters, batch, true);
    double loss = training.loss();
    while (training.nearestKink() < KINK) {
      seed++;
      assertThat(seed).as("data without numbers at kinks").isLessThan(50);
      parameters = Parameter.random(graph, new Random(seed));
      batch = Batch.random(graph, size, seed);
      training = new Interpreter(graph, parameters, batch, true);
      loss = training.loss();
    }
    int wrong = training.wrong();
    List<Parameter> all = Parameter.of(graph);
    double[][] expected = new double[all.size()][];
    int[][] places = new int[all.size()][];
    for (int index = 0; index < expected.length; index++) {
      Parameter parameter = all.get(index);
      if (parameter.running()) {
        expected[index] = training.running(parameter);
      }
    }
    for (int index = 0; index < expected.length; index++) {
      Parameter parameter = all.get(index);
      int length = (int) parameter.slice().length();
      int count = Math.min(length, most);
      places[index] = new int[count];
      for (int k = 0; k < count; k++) {
        // All, or some that lie evenly.
        places[index][k] = (int) ((long) k * length / count);
      }
      if (!parameter.running()) {
        Interpreter interpreter = training;
        expected[index] =
            Arrays.stream(places[index])
                .mapToDouble(place -> interpreter.derivative(parameter, place))
                .toArray();
      } else {
        double[] running = expected[index];
        expected[index] = Arrays.stream(places[index]).mapToDouble(at -> running[at]).toArray();
      }
    }
    for (Layout layout : layouts) {
      String where = "layout " + layout + ", seed " + seed;
      try (RunningNet net = new RunningNet(graph, parameters, size, layout)) {
        Result found = net.train(batch);
        assertThat(found.loss())
            .as("loss, " + where)
            .isCloseTo(loss, within(lossBound(graph, size, loss)));
        assertThat(found.wrong()).as("wrong, " + where).isEqualTo(wrong);
        float[] gradients = net.gradients();
        float[] values = net.values();
        for (int index = 0; index < expected.length; index++) {
          Parameter parameter = all.get(index);
          float[] flat = parameter.running() ? values : gradients;
          double bound = bound(graph, size) * largest(expected[index]);
          for (int k = 0; k < places[index].length; k++) {
            int place = places[index][k];
            assertThat((double) flat[(int) parameter.slice().offset() + place])
                .as(parameter.name() + " " + place + ", " + where)
                .isCloseTo(expected[index][k], within(bound));
          }
        }
        // The running statistics have moved.
        Interpreter inference = new Interpreter(graph, values, batch, false);
        double evaluated = inference.loss();
        Result evaluation = net.evaluate(batch);
        assertThat(evaluation.loss())
            .as("loss in inference, " + where)
            .isCloseTo(evaluated, within(lossBound(graph, size, evaluated)));
        assertThat(evaluation.wrong()).as("wrong in inference, " + where).isEqualTo(inference.wrong());
        assertThat(net.values()).as("inference changes nothing").isEqualTo(values);
      }
    }
  }

  private static double largest(double[] numbers) {
    return Arrays.stream(numbers).map(Math::abs).max().orElseThrow();
  }

  /**
   * Returns how far a program may be off, relative to the largest number of a tensor. One rounding
   * is off by u = 2^−24 of what it rounds at most, so a sum of n terms by n·u of the terms'
   * absolute values; the errors of operations one behind the other add up, to first order. The
   * backward pass sums as many terms again, and a weight's gradient goes over all pixels of the
   * batch. Where terms cancel, their absolute values are about √n times the sum, but then roundings
   * cancel as well and make √n·u, not n·u: n·u of the result holds for both. The interpreter itself
   * and the central differences, with 2^−17 or smaller steps in double, are off by less than 1e-8.
   */
  private static double bound(Graph graph, int size) {
    double roundings = 0;
    for (int value = 1; value <= graph.output(); value++) {
      Operation operation = graph.operations().get(value - 1);
      Shape in = graph.shape(operation.inputs()[0]);
      double terms = 1;
      double uses = 1;
      if (operation instanceof Convolution convolution) {
        Window window = convolution.window();
        terms = in.channels() * window.kernelHeight() * window.kernelWidth();
        uses = size * graph.shape(value).height() * graph.shape(value).width();
      } else if (operation instanceof Linear) {
        terms = in.size();
        uses = size;
      } else if (operation instanceof BatchNormalization) {
        // Mean and variance.
        terms = 2.0 * size * in.height() * in.width();
      } else if (operation instanceof Pooling pooling) {
        terms = pooling.window().kernelHeight() * pooling.window().kernelWidth();
      }
      roundings += 2 * terms + uses;
    }
    return roundings * 0x1p-24 + 1e-8;
  }

  /** A loss moves by its slope, at most 2·(1 + loss) a score, times the scores' error. */
  private static double lossBound(Graph graph, int size, double loss) {
    return 2 * (1 + loss) * bound(graph, size);
  }
}
