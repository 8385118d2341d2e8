package org.roundel.core.evaluation;

import java.util.OptionalDouble;

/**
 * Error and loss of images by their scores, as training counts them: the first of the largest
 * scores names the class, and a net that gives NaN for the right one is wrong. The loss is the mean
 * of log Σ_j exp(z_j) − z_y, in double precision.
 */
public final class ScoredImages {
  private double lossSum;
  private long wrong;
  private long images;

  /** Adds an image. */
  public void add(float[] scores, int label) {
    int best = best(scores);
    if (best != label || Float.isNaN(scores[label])) {
      wrong++;
    }
    double sum = 0;
    for (float score : scores) {
      sum += StrictMath.exp((double) score - scores[best]);
    }
    lossSum += StrictMath.log(sum) - ((double) scores[label] - scores[best]);
    images++;
  }

  /** Returns the position of the first of the largest scores. */
  public static int best(float[] scores) {
    int best = 0;
    for (int index = 1; index < scores.length; index++) {
      if (scores[index] > scores[best]) {
        best = index;
      }
    }
    return best;
  }

  public double error() {
    return (double) wrong / images;
  }

  /**
   * Returns the mean loss.
   *
   * @param softmax whether the scores' softmax are probabilities; else their loss is not known
   */
  public OptionalDouble loss(boolean softmax) {
    return softmax ? OptionalDouble.of(lossSum / images) : OptionalDouble.empty();
  }

  public long images() {
    return images;
  }
}
