package org.roundel.core.evaluation;

import java.util.List;
import java.util.OptionalDouble;
import org.roundel.core.event.ClassResults;

/**
 * What images' scores say, as training counts it: see {@link ClassCounter}. The loss is the mean of
 * log Σ_j exp(z_j) − z_y, in double precision.
 */
public final class ScoredImages {
  private final ClassCounter counter;
  private double lossSum;
  private long images;

  public ScoredImages(List<String> classNames) {
    this.counter = new ClassCounter(classNames);
  }

  /** Adds an image. */
  public void add(float[] scores, int label) {
    counter.add(scores, label);
    int best = ClassCounter.best(scores);
    double sum = 0;
    for (float score : scores) {
      sum += StrictMath.exp((double) score - scores[best]);
    }
    lossSum += StrictMath.log(sum) - ((double) scores[label] - scores[best]);
    images++;
  }

  /** Returns what was counted class by class. */
  public ClassResults classes() {
    return counter.results();
  }

  /**
   * Returns the mean loss.
   *
   * @param softmax whether the scores' softmax are probabilities; else their loss is not known
   */
  public OptionalDouble loss(boolean softmax) {
    return softmax ? OptionalDouble.of(lossSum / images) : OptionalDouble.empty();
  }
}
