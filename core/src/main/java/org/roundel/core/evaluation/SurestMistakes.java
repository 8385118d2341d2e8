package org.roundel.core.evaluation;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Batch;
import org.roundel.core.event.ConfusionMatrix;

/**
 * Keeps the images that a net is surest and wrong about: those with the largest probability of the
 * wrong class, or with its largest score where scores are no logarithms of probabilities; of
 * equals, the first.
 */
public final class SurestMistakes {
  /** How many are kept. */
  public static final int MOST = 40;

  private static final Comparator<Mistake> SUREST_LAST =
      Comparator.comparingDouble(Mistake::probability)
          .thenComparing(Mistake::score)
          .thenComparing(Mistake::index, Comparator.reverseOrder());

  private final boolean softmax;
  private final PriorityQueue<Mistake> kept = new PriorityQueue<>(MOST + 1, SUREST_LAST);

  /**
   * Makes one that has none yet.
   *
   * @param softmax whether the scores' softmax are probabilities
   */
  public SurestMistakes(boolean softmax) {
    this.softmax = softmax;
  }

  /**
   * Adds an image if it was given a wrong class, and the net is sure enough of it.
   *
   * @param position its place in the batch
   */
  public void add(float[] scores, Batch batch, int position) {
    int label = batch.labels()[position];
    int predicted = ClassCounter.predicted(scores);
    if (predicted == label || predicted == ConfusionMatrix.NONE) {
      return;
    }
    double probability = softmax ? probability(scores, predicted) : Double.NaN;
    int index = batch.indices()[position];
    Mistake mistake =
        new Mistake(index, label, predicted, scores[predicted], probability, new float[0]);
    Mistake least = kept.peek();
    if (least != null && kept.size() == MOST && SUREST_LAST.compare(mistake, least) <= 0) {
      return;
    }
    float[] image = image(batch, position);
    kept.add(new Mistake(index, label, predicted, scores[predicted], probability, image));
    if (kept.size() > MOST) {
      kept.remove();
    }
  }

  private static double probability(float[] scores, int predicted) {
    double sum = 0;
    for (float score : scores) {
      sum += Math.exp((double) score - scores[predicted]);
    }
    return 1 / sum;
  }

  private static float[] image(Batch batch, int position) {
    FloatBuffer images = Tensors.floats(batch.images());
    float[] image = new float[images.capacity() / batch.size()];
    images.get(position * image.length, image);
    return image;
  }

  /** Returns those that were kept, the surest first. */
  public List<Mistake> list() {
    List<Mistake> list = new ArrayList<>(kept);
    list.sort(SUREST_LAST.reversed());
    return list;
  }
}
