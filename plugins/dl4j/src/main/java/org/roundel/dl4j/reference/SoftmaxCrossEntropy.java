package org.roundel.dl4j.reference;

/**
 * Mean softmax cross-entropy of the logits z of each image with label y:
 *
 * <pre>
 *   loss = (1/n) Σ (log Σ_j exp(z_j) − z_y)      d loss / d z_j = (softmax(z)_j − [j = y]) / n
 * </pre>
 */
final class SoftmaxCrossEntropy extends BatchLoss {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "mean softmax cross-entropy";
  }

  @Override
  double image(double[] scores, int label, double[] derivatives) {
    int best = 0;
    for (int j = 1; j < scores.length; j++) {
      if (scores[j] > scores[best]) {
        best = j;
      }
    }
    double largest = scores[best];
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
}
