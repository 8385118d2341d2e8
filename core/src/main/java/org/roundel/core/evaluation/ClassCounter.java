package org.roundel.core.evaluation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roundel.core.event.ClassResults;
import org.roundel.core.event.ConfusionMatrix;
import org.roundel.core.event.ConfusionMatrix.Pair;

/**
 * Counts which classes images are taken for, by their scores: the first of the largest scores names
 * the class. Where that score is not a number, an image has no class.
 */
public final class ClassCounter {
  private final List<String> classNames;
  private final Map<Pair, Integer> counts = new HashMap<>();
  private long outsideTopFive;

  public ClassCounter(List<String> classNames) {
    this.classNames = classNames;
  }

  /** Adds an image. */
  public void add(float[] scores, int label) {
    counts.merge(new Pair(label, predicted(scores)), 1, Integer::sum);
    if (place(scores, label) >= ClassResults.TOP) {
      outsideTopFive++;
    }
  }

  /** Returns the class that an image is taken for, or {@link ConfusionMatrix#NONE}. */
  static int predicted(float[] scores) {
    int best = best(scores);
    return Float.isNaN(scores[best]) ? ConfusionMatrix.NONE : best;
  }

  /** Returns the position of the first of the largest scores. */
  static int best(float[] scores) {
    int best = 0;
    for (int index = 1; index < scores.length; index++) {
      if (scores[index] > scores[best]) {
        best = index;
      }
    }
    return best;
  }

  /** Returns how many classes come before a class; all of them if its score is not a number. */
  private static int place(float[] scores, int label) {
    float own = scores[label];
    if (Float.isNaN(own)) {
      return scores.length;
    }
    int before = 0;
    for (int index = 0; index < scores.length; index++) {
      if (scores[index] > own || (scores[index] == own && index < label)) {
        before++;
      }
    }
    return before;
  }

  /** Returns what was counted. */
  public ClassResults results() {
    return new ClassResults(
        classNames, new ConfusionMatrix(classNames.size(), counts), outsideTopFive);
  }
}
