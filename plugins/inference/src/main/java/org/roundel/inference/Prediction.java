package org.roundel.inference;

import java.util.List;

/** What a net says of an image. Immutable. */
public final class Prediction {
  private final List<String> classNames;
  private final float[] scores;
  private final boolean softmax;
  private final int best;

  Prediction(List<String> classNames, float[] scores, boolean softmax) {
    this.classNames = classNames;
    this.scores = scores;
    this.softmax = softmax;
    int first = 0;
    for (int index = 1; index < scores.length; index++) {
      first = scores[index] > scores[first] ? index : first;
    }
    this.best = first;
  }

  /** Returns the position of the class with the largest score, the first of them. */
  public int index() {
    return best;
  }

  /** Returns the name of that class. */
  public String className() {
    return classNames.get(best);
  }

  /** Returns the score of each class, as a new array: the net's last values, before softmax. */
  public float[] scores() {
    return scores.clone();
  }

  /**
   * Returns the probability of each class, as a new array: exp(score) divided by the sum of all.
   *
   * @throws IllegalStateException if the net was not trained for probabilities, see {@link
   *     InferenceNet#givesProbabilities}
   */
  public float[] probabilities() {
    if (!softmax) {
      throw new IllegalStateException(
          "this net's scores only say which class is more likely; use scores()");
    }
    float[] probabilities = new float[scores.length];
    double sum = 0;
    for (float score : scores) {
      sum += Math.exp((double) score - scores[best]);
    }
    for (int index = 0; index < scores.length; index++) {
      probabilities[index] = (float) (Math.exp((double) scores[index] - scores[best]) / sum);
    }
    return probabilities;
  }
}
