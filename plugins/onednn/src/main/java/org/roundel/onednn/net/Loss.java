package org.roundel.onednn.net;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The loss of a batch, the mean over its images, and its gradient with respect to the scores z of
 * each image with target probabilities t, which are 1 for its label where nothing else is said.
 * Computed in double precision with {@link StrictMath}, so it is the same on every machine.
 */
public enum Loss {
  /** Σ_j t_j·(log Σ_i exp(z_i) − z_j), with the gradient softmax(z) − t. */
  SOFTMAX_CROSS_ENTROPY {
    @Override
    double image(double[] scores, double[] targets, double[] derivatives) {
      double largest = Double.NEGATIVE_INFINITY;
      for (double score : scores) {
        largest = Math.max(largest, score);
      }
      double total = 0;
      for (int j = 0; j < scores.length; j++) {
        derivatives[j] = StrictMath.exp(scores[j] - largest);
        total += derivatives[j];
      }
      double logarithm = StrictMath.log(total);
      double sum = 0;
      for (int j = 0; j < scores.length; j++) {
        derivatives[j] = derivatives[j] / total - targets[j];
        // A score of −∞ has no part in the loss of an image that is not of its class.
        if (targets[j] != 0) {
          sum += targets[j] * (logarithm - (scores[j] - largest));
        }
      }
      return sum;
    }
  },

  /** Σ_j max(0, 1 − s_j·z_j)², where s_j is 1 for the label and −1 for the other classes. */
  SQUARED_HINGE {
    @Override
    double image(double[] scores, double[] targets, double[] derivatives) {
      double sum = 0;
      for (int j = 0; j < scores.length; j++) {
        double side = targets[j] == 1 ? 1 : -1;
        double margin = 1 - side * scores[j];
        // Not Math.max: it would be fine with NaN as well, but says less.
        double positive = margin <= 0 ? 0 : margin;
        derivatives[j] = -2 * side * positive;
        sum += positive * positive;
      }
      return sum;
    }
  };

  /**
   * Computes one image's loss.
   *
   * @param scores read
   * @param targets read
   * @param derivatives written: the derivative with respect to each score
   */
  abstract double image(double[] scores, double[] targets, double[] derivatives);

  /**
   * What a batch gave.
   *
   * @param loss mean over the batch
   * @param wrong how many images were given a wrong class
   */
  public record Outcome(double loss, int wrong) {}

  /**
   * Computes a batch's loss, error and gradient. A prediction is the first of the largest scores; a
   * net that gives NaN for the right class is wrong.
   *
   * @param scores [labels.length, classes]
   * @param gradient written, of the same shape; may be the same buffer
   * @param soft the targets, of the same shape; null for those of the labels
   */
  public Outcome batch(
      FloatBuffer scores,
      FloatBuffer gradient,
      int[] labels,
      @Nullable FloatBuffer soft,
      int classes) {
    double[] row = new double[classes];
    double[] targets = new double[classes];
    double[] derivatives = new double[classes];
    double sum = 0;
    int wrong = 0;
    for (int image = 0; image < labels.length; image++) {
      int first = image * classes;
      int best = 0;
      for (int j = 0; j < classes; j++) {
        row[j] = scores.get(first + j);
        if (row[j] > row[best]) {
          best = j;
        }
      }
      int label = labels[image];
      if (best != label || Double.isNaN(row[label])) {
        wrong++;
      }
      fill(targets, label, soft, first);
      sum += image(row, targets, derivatives);
      for (int j = 0; j < classes; j++) {
        gradient.put(first + j, (float) (derivatives[j] / labels.length));
      }
    }
    return new Outcome(sum / labels.length, wrong);
  }

  private static void fill(double[] targets, int label, @Nullable FloatBuffer soft, int first) {
    if (soft == null) {
      Arrays.fill(targets, 0);
      targets[label] = 1;
    } else {
      for (int j = 0; j < targets.length; j++) {
        targets[j] = soft.get(first + j);
      }
    }
  }
}
