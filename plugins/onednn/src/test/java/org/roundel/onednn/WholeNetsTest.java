package org.roundel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundel.onednn.CompiledNet.Result;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.graph.LayoutPlan;
import org.roundel.onednn.graph.Operation;
import org.roundel.onednn.net.ConvolutionMethod;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Loss;
import org.roundel.onednn.net.NoiseSource;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Slice;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.net.Wishes;
import org.roundel.onednn.operation.BatchNormalization;
import org.roundel.onednn.operation.Convolution;
import org.roundel.onednn.operation.Linear;
import org.roundel.onednn.operation.Pooling;
import org.roundel.onednn.operation.PoolingMethod;

/**
 * Nets of many operations against {@link DoubleNet}, in each way to compute them, each tensor's
 * gradient within a bound of its own.
 */
class WholeNetsTest {
  private static final int CLASSES = 3;
  private static final int BATCH = 5;

  /** Small, so that a step seldom leads over a kink of a rectifier or of maximum pooling. */
  private static final double STEP = 1e-6;

  private static final Window SAME = Window.square(3, 1, 1);
  private static final Window ONE = Window.square(1, 1, 0);

  static Stream<Arguments> cases() {
    return Stream.of(3, 16)
        .flatMap(
            c -> WholeNets.of(c).entrySet().stream().map(net -> Arguments.of(net.getKey(), c)));
  }

  @ParameterizedTest(name = "{0} of {1} channels")
  @MethodSource("cases")
  void agree(String name, int channels) {
    SmallNet net = new SmallNet(Shape.image(3, 7, 5));
    WholeNets.of(channels).get(name).accept(net);
    // Of a tensor of up to so many elements, all are compared.
    check(net.linear(CLASSES, true), Loss.SOFTMAX_CROSS_ENTROPY, BATCH, channels == 3 ? 400 : 24);
  }

  @Test
  void agreeOnImagesOfAWholeBlockOfChannels() {
    SmallNet net = new SmallNet(Shape.image(16, 6, 6));
    int left =
        net.convolution(
                16,
                new Window(new Window.Axis(3, 2, 1, 0, 1), new Window.Axis(3, 2, 1, 0, 1)),
                false)
            .last();
    net.from(0)
        .convolution(
            16, new Window(new Window.Axis(1, 2, 0, -1, 1), new Window.Axis(1, 2, 0, -1, 1)), true)
        .plus(left);
    check(net.linear(CLASSES, false), Loss.SQUARED_HINGE, BATCH, 24);
  }

  @Test
  void agreeWhereWeightGradientsAreMatrixProducts() {
    check(matrixProduct(), Loss.SOFTMAX_CROSS_ENTROPY, 2, 5);
  }

  @Test
  void thePlanThatChoosesTakesAMatrixProductForWideWeightGradients() {
    SmallNet net = matrixProduct();
    try (RunningNet running =
        new RunningNet(net.build(Loss.SQUARED_HINGE), net.values(5), 2, Executions.direct(null))) {
      assertThat(running.profile(2))
          .anyMatch(
              step -> step.name().endsWith(" backward weights") && step.kernel().contains("gemm"));
    }
  }

  @Test
  void sixteenChannelsAreBlocked() {
    SmallNet net = new SmallNet(Shape.image(3, 7, 5));
    WholeNets.of(16).get("convolutions").accept(net);
    Graph graph = net.linear(CLASSES, true).build(Loss.SQUARED_HINGE);
    LayoutPlan plan = new LayoutPlan(graph, new Wishes(Layout.BLOCKED, ConvolutionMethod.AUTO));
    for (int value = 1; value < graph.output(); value++) {
      assertThat(plan.home(value)).isEqualTo(Layout.BLOCKED);
    }
  }

  private static SmallNet matrixProduct() {
    return new SmallNet(Shape.image(3, 8, 8))
        .convolution(128, ONE, false)
        .normalization(true)
        .relu()
        .convolution(128, SAME, false)
        .normalization(true)
        .relu()
        .pooling(PoolingMethod.AVERAGE, null)
        .linear(CLASSES, true);
  }

  private static void check(SmallNet net, Loss loss, int batch, int most) {
    Graph graph = net.build(loss);
    float[] initial = scaled(graph, net.values(5));
    double[] exact = widen(initial);
    DoubleNet reference = new DoubleNet(graph, exact);
    float[] images = Arrays32.images(graph.shape(0), batch, batch);
    int[] labels = Arrays32.labels(batch, CLASSES);
    NoiseSource noise = Arrays32.noise(batch);
    double expectedLoss = reference.train(images, labels, noise);
    double[] moved = reference.afterTraining();
    double[] derivatives = new double[initial.length];
    for (Slice slice : net.trained()) {
      for (int at : places(slice, most)) {
        exact[at] = initial[at] + STEP;
        double above = reference.train(images, labels, noise);
        exact[at] = initial[at] - STEP;
        double below = reference.train(images, labels, noise);
        exact[at] = initial[at];
        derivatives[at] = (above - below) / (2 * STEP);
      }
    }
    double relative = bound(graph, batch);
    // Gradients may cancel altogether, as those of a shift before a normalisation: what is left are
    // the roundings of up to 2^8 pixels' terms, √2^8·u, each at most the net's largest gradient.
    double largest = Arrays.stream(derivatives).map(Math::abs).max().orElseThrow();
    // The central difference: double's rounding of the loss by STEP.
    double least = 0x1p-20 * largest + 0x1p-50 * (1 + expectedLoss) / STEP;
    List<Execution> executions =
        new ArrayList<>(Executions.allWishes().stream().map(Executions::of).toList());
    executions.add(Executions.ofOneTeam(Wishes.NONE, 2));
    for (Execution execution : executions) {
      Wishes wishes = execution.wishes();
      try (RunningNet running = new RunningNet(graph, initial, batch, execution)) {
        RunningNet.Step step = running.train(batch);
        assertThat(step.loss())
            .as("loss, %s", wishes)
            .isCloseTo(expectedLoss, within(relative * (1 + expectedLoss)));
        for (Slice slice : net.trained()) {
          compare(step.gradients(), derivatives, places(slice, most), relative, least, wishes);
        }
        for (Slice slice : net.running()) {
          compare(step.values(), moved, places(slice, most), relative, 0, wishes);
        }
        double[] kept = new double[initial.length];
        Arrays.setAll(kept, index -> step.values().get(index));
        double expected = new DoubleNet(graph, kept).evaluate(images, labels);
        Result found = running.evaluate(batch);
        assertThat(found.loss())
            .as("loss in inference, %s", wishes)
            .isCloseTo(expected, within(relative * (1 + expected)));
      }
    }
  }

  /** Divides weights by the root of their inputs, so that scores are small and slopes are not. */
  private static float[] scaled(Graph graph, float[] values) {
    for (int value = 1; value <= graph.output(); value++) {
      Operation operation = graph.operations().get(value - 1);
      Slice weights = null;
      if (operation instanceof Convolution convolution) {
        weights = convolution.weights();
      } else if (operation instanceof Linear linear) {
        weights = linear.weights();
      }
      if (weights != null) {
        double inputs = (double) weights.length() / graph.shape(value).channels();
        for (int at : places(weights, Integer.MAX_VALUE)) {
          values[at] *= (float) (2 / Math.sqrt(inputs));
        }
      }
    }
    return values;
  }

  private static double[] widen(float[] numbers) {
    double[] wide = new double[numbers.length];
    Arrays.setAll(wide, index -> numbers[index]);
    return wide;
  }

  /** Returns positions in the flat array: all of a slice, or so many that lie evenly. */
  private static int[] places(Slice slice, int most) {
    int length = (int) slice.length();
    int[] places = new int[Math.min(length, most)];
    Arrays.setAll(places, k -> (int) (slice.offset() + (long) k * length / places.length));
    return places;
  }

  private static void compare(
      List<Float> found,
      double[] expected,
      int[] places,
      double relative,
      double least,
      Wishes wishes) {
    double largest = 0;
    for (int at : places) {
      largest = Math.max(largest, Math.abs(expected[at]));
    }
    double bound = relative * largest + least;
    for (int at : places) {
      assertThat((double) found.get(at))
          .as("number %d of the flat array, largest %s, %s", at, largest, wishes)
          .isCloseTo(expected[at], within(bound));
    }
  }

  /**
   * Returns how far a program may be off, relative to the largest number of a tensor. One rounding
   * is off by u = 2^−24 of what it rounds at most, so a sum of n terms by n·u of the terms'
   * absolute values; the errors of operations one behind the other add up, to first order. The
   * backward pass sums as many terms again, and a weight's gradient goes over all pixels of the
   * batch. Where terms cancel, their absolute values come to about √n times the sum, but then the
   * roundings cancel as well and make √n·u, not n·u: n·u of the result holds for both.
   */
  private static double bound(Graph graph, int batch) {
    double roundings = 0;
    for (int value = 1; value <= graph.output(); value++) {
      Operation operation = graph.operations().get(value - 1);
      Shape in = graph.shape(operation.inputs()[0]);
      Shape out = graph.shape(value);
      double terms = 1;
      double uses = 1;
      if (operation instanceof Convolution convolution) {
        Window window = convolution.window();
        terms = (double) in.channels() * window.rows().kernel() * window.columns().kernel();
        uses = (double) batch * out.height() * out.width();
      } else if (operation instanceof Linear) {
        terms = in.size();
        uses = batch;
      } else if (operation instanceof BatchNormalization) {
        // The mean and the variance.
        terms = 2.0 * batch * in.height() * in.width();
      } else if (operation instanceof Pooling pooling) {
        terms = (double) pooling.window().rows().kernel() * pooling.window().columns().kernel();
      }
      roundings += 2 * terms + uses;
    }
    return roundings * 0x1p-24;
  }
}
