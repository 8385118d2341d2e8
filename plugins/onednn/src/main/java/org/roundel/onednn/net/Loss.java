package org.roundel.onednn.net;

import java.nio.FloatBuffer;

/**
 * The loss of a batch, the mean over its images, and its gradient with respect to the scores z of
 * each image with label y. Computed in double precision with {@link StrictMath}, so it is the same
 * on every machine.
 */
public enum Loss {
  /** log Σ_j exp(z_j) − z_y. */
  SOFTMAX_CROSS_ENTROPY {
    @Override
    double image(double[] scores, int label, double[] derivatives) {
      double largest = Double.NEGATIVE_INFINITY;
      for (double score : scores) {
        largest = Math.max(largest, score);
      }
      double total = 0;
      for (int j = 0; j < scores.length; j++) {
        derivatives[j] = StrictMath.exp(scores[j] - largest);
        total += derivatives[j];
      }
      for (int j = 0; j < scores.length; j++) {
        derivatives[j] /= total;
      }
      derivatives[label] -= 1;
      return StrictMath.log(total) - (scores[label] - largest);
    }
  },

  /** Σ_j max(0, 1 − t_j·z_j)², where t_j is 1 for the label and −1 for the other classes. */
  SQUARED_HINGE {
    @Override
    double image(double[] scores, int label, double[] derivatives) {
      double sum = 0;
      for (int j = 0; j < scores.length; j++) {
        double target = j == label ? 1 : -1;
        double margin = 1 - target * scores[j];
        // Not Math.max: it would be fine with NaN as well, but says less.
        double positive = margin <= 0 ? 0 : margin;
        derivatives[j] = -2 * target * positive;
        sum += positive * positive;
      }
      return sum;
    }
  };

  /**
   * Computes one image's loss.
   *
   * @param scores read
   * @param derivatives written: the derivative with respect to each score
   */
  abstract double image(double[] scores, int label, double[] derivatives);

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
   */
  public Outcome batch(FloatBuffer scores, FloatBuffer gradient, int[] labels, int classes) {
    double[] row = new double[classes];
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
      sum += image(row, label, derivatives);
      for (int j = 0; j < classes; j++) {
        gradient.put(first + j, (float) (derivatives[j] / labels.length));
      }
    }
    return new Outcome(sum / labels.length, wrong);
  }
}
