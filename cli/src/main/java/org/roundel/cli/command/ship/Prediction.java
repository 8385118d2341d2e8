package org.roundel.cli.command.ship;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.roundel.api.net.ShippedNet;

/**
 * What a net says of an image and one class.
 *
 * @param file the image
 * @param rank 1 for the likeliest class, and so on
 * @param index the class's position, counted from 0
 * @param className its name
 * @param score the net's, before softmax
 * @param probability the softmax of the scores; NaN where a net's scores are no logarithms of
 *     probabilities
 */
record Prediction(
    Path file, int rank, int index, String className, float score, double probability) {
  /** Returns a prediction for each class, the likeliest first; of equal scores, the first class. */
  static List<Prediction> all(Path file, ShippedNet net, float[] scores) {
    List<Integer> order = new ArrayList<>();
    float largest = Float.NEGATIVE_INFINITY;
    for (int index = 0; index < scores.length; index++) {
      order.add(index);
      largest = Math.max(largest, scores[index]);
    }
    // 0 − x, as −0 and 0 are equal scores.
    order.sort(Comparator.comparing((Integer index) -> 0f - scores[index]));
    double sum = 0;
    for (float score : scores) {
      sum += Math.exp((double) score - largest);
    }
    List<Prediction> all = new ArrayList<>();
    for (int index : order) {
      double probability = Math.exp((double) scores[index] - largest) / sum;
      all.add(
          new Prediction(
              file,
              all.size() + 1,
              index,
              net.classNames().get(index),
              scores[index],
              net.graph().softmax() ? probability : Double.NaN));
    }
    return all;
  }
}
