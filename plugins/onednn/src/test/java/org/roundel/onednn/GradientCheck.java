package org.roundel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.javacpp.FloatPointer;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.NoiseSource;
import org.roundel.onednn.net.Slice;

/**
 * A compiled net against {@link DoubleNet}, and its gradients against central differences of that
 * one's loss.
 *
 * <p>With h = 1e-6 a central difference is off by about 1e-16 / h = 1e-10 for rounding and by h²
 * for the third derivative. In float32 a sum of k terms is off by √k·2⁻²⁴ of its terms; k is at
 * most 2,304 here, five operations follow each other forward and back, so √2304·√10·2⁻²⁴ = 9e-6 of
 * the largest; {@link #BOUND} is 2⁻¹⁶ = 1.5e-5.
 */
final class GradientCheck {
  private static final double STEP = 1e-6;
  private static final double BOUND = 0x1p-16;

  private GradientCheck() {}

  /**
   * Trains and evaluates a net in batches of two sizes.
   *
   * @param net whose graph is compiled
   * @param meant what its operations mean
   */
  static void check(SmallNet net, Graph meant, Layout layout) {
    Graph graph = net.build(meant.loss());
    int classes = (int) graph.shape(graph.output()).channels();
    float[] initial = net.values(5);
    try (FloatPointer values = Arrays32.of(initial);
        FloatPointer gradients = Arrays32.zeros(net.length());
        CompiledNet compiled =
            new CompiledNet(graph, values, gradients, 5, layout, () -> Long.MAX_VALUE)) {
      for (int batch : new int[] {5, 3, 5}) {
        values.put(initial);
        float[] images = Arrays32.images(graph.shape(0), batch, batch);
        int[] labels = Arrays32.labels(batch, classes);
        double[] exact = new double[initial.length];
        for (int index = 0; index < exact.length; index++) {
          exact[index] = initial[index];
        }
        DoubleNet reference = new DoubleNet(meant, exact);
        try (FloatPointer pixels = Arrays32.of(images)) {
          double expected = reference.evaluate(images, labels);
          assertThat(compiled.evaluate(pixels, labels).loss())
              .as("loss in inference")
              .isCloseTo(expected, within(BOUND * (1 + expected)));
          expected = reference.train(images, labels, Arrays32.noise(batch));
          assertThat(compiled.train(pixels, labels, Arrays32.noise(batch)).loss())
              .as("loss in training")
              .isCloseTo(expected, within(BOUND * (1 + expected)));
        }
        float[] moved = Arrays32.read(values, net.length());
        for (Slice slice : net.running()) {
          for (int index = (int) slice.offset(); index < slice.offset() + slice.length(); index++) {
            assertThat((double) moved[index])
                .as("running statistic")
                .isCloseTo(
                    reference.afterTraining()[index],
                    within(BOUND * (1 + Math.abs(reference.afterTraining()[index]))));
          }
        }
        checkGradients(
            net, reference, exact, images, labels, Arrays32.read(gradients, net.length()));
      }
    }
  }

  private static void checkGradients(
      SmallNet net,
      DoubleNet reference,
      double[] values,
      float[] images,
      int[] labels,
      float[] found) {
    NoiseSource noise = Arrays32.noise(labels.length);
    double largest = 0;
    for (Slice slice : net.trained()) {
      for (int index = (int) slice.offset(); index < slice.offset() + slice.length(); index++) {
        largest = Math.max(largest, Math.abs((double) found[index]));
      }
    }
    for (Slice slice : net.trained()) {
      // At most some thirty elements of each tensor, its last rows and columns among them.
      long stride = 1 + slice.length() / 31;
      for (long index = slice.length() - 1; index >= 0; index -= stride) {
        int at = Math.toIntExact(slice.offset() + index);
        double weight = values[at];
        values[at] = weight + STEP;
        double above = reference.train(images, labels, noise);
        values[at] = weight - STEP;
        double below = reference.train(images, labels, noise);
        values[at] = weight;
        assertThat((double) found[at])
            .as("gradient of number %d of %s, largest %s", index, slice, largest)
            .isCloseTo((above - below) / (2 * STEP), within(BOUND * Math.max(1, largest)));
      }
    }
  }
}
