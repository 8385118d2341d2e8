package org.roundel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.net.NoiseSource;
import org.roundel.onednn.net.Slice;
import org.roundel.onednn.net.Wishes;

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
   * Trains and evaluates a net in each layout by oneDNN alone, and as the rule chooses, in batches
   * of two sizes and in the first one again.
   *
   * @param net whose graph is compiled
   * @param meant what its operations mean
   */
  static void check(SmallNet net, Graph meant) {
    float[] initial = net.values(5);
    Expected five = new Expected(net, meant, initial, 5);
    Expected three = new Expected(net, meant, initial, 3);
    for (Wishes wishes : Executions.directAndChosen()) {
      Graph graph = net.build(meant.loss());
      try (FloatPointer values = Arrays32.of(initial);
          FloatPointer gradients = Arrays32.zeros(net.length());
          CompiledNet compiled =
              new CompiledNet(graph, values, gradients, 5, Executions.of(wishes))) {
        for (Expected expected : List.of(five, three, five)) {
          values.put(initial);
          expected.compareLosses(compiled, wishes);
          expected.compareRunning(Arrays32.read(values, net.length()), wishes);
          expected.compareGradients(Arrays32.read(gradients, net.length()), wishes);
        }
      }
    }
  }

  /** What a batch has to give in any layout: the slow sums are made once. */
  private static final class Expected {
    private final SmallNet net;
    private final float[] images;
    private final int[] labels;
    private final double inferenceLoss;
    private final double trainingLoss;
    private final double[] running;
    private final Map<Integer, Double> gradients = new LinkedHashMap<>();

    Expected(SmallNet net, Graph meant, float[] initial, int batch) {
      this.net = net;
      this.images = Arrays32.images(meant.shape(0), batch, batch);
      this.labels = Arrays32.labels(batch, (int) meant.shape(meant.output()).channels());
      double[] values = new double[initial.length];
      Arrays.setAll(values, index -> initial[index]);
      DoubleNet reference = new DoubleNet(meant, values);
      this.inferenceLoss = reference.evaluate(images, labels);
      NoiseSource noise = Arrays32.noise(batch);
      this.trainingLoss = reference.train(images, labels, noise);
      this.running = reference.afterTraining();
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
          gradients.put(at, (above - below) / (2 * STEP));
        }
      }
    }

    void compareLosses(CompiledNet compiled, Wishes wishes) {
      try (FloatPointer pixels = Arrays32.of(images)) {
        assertThat(compiled.evaluate(pixels, labels).loss())
            .as("loss in inference, %s", wishes)
            .isCloseTo(inferenceLoss, within(BOUND * (1 + inferenceLoss)));
        assertThat(compiled.train(pixels, labels, Arrays32.noise(labels.length)).loss())
            .as("loss in training, %s", wishes)
            .isCloseTo(trainingLoss, within(BOUND * (1 + trainingLoss)));
      }
    }

    void compareRunning(float[] moved, Wishes wishes) {
      for (Slice slice : net.running()) {
        for (int index = (int) slice.offset(); index < slice.offset() + slice.length(); index++) {
          assertThat((double) moved[index])
              .as("running statistic, %s", wishes)
              .isCloseTo(running[index], within(BOUND * (1 + Math.abs(running[index]))));
        }
      }
    }

    void compareGradients(float[] found, Wishes wishes) {
      double largest = 0;
      for (Slice slice : net.trained()) {
        for (int index = (int) slice.offset(); index < slice.offset() + slice.length(); index++) {
          largest = Math.max(largest, Math.abs((double) found[index]));
        }
      }
      for (Map.Entry<Integer, Double> gradient : gradients.entrySet()) {
        assertThat((double) found[gradient.getKey()])
            .as("gradient of number %d, %s", gradient.getKey(), wishes)
            .isCloseTo(gradient.getValue(), within(BOUND * Math.max(1, largest)));
      }
    }
  }
}
