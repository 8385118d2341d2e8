package org.roundel.onednn;

import org.roundel.onednn.net.Loss;

/** The losses in double precision, written from their definitions. */
final class DoubleLoss {
  private DoubleLoss() {}

  static double mean(Loss loss, double[] scores, int[] labels) {
    int classes = scores.length / labels.length;
    double sum = 0;
    for (int image = 0; image < labels.length; image++) {
      double total = 0;
      for (int j = 0; j < classes; j++) {
        double score = scores[image * classes + j];
        if (loss == Loss.SOFTMAX_CROSS_ENTROPY) {
          total += Math.exp(score);
        } else {
          double margin = 1 - (j == labels[image] ? score : -score);
          sum += margin > 0 ? margin * margin : 0;
        }
      }
      if (loss == Loss.SOFTMAX_CROSS_ENTROPY) {
        sum += Math.log(total) - scores[image * classes + labels[image]];
      }
    }
    return sum / labels.length;
  }
}
