package org.roundel.dl4j.reference;

/**
 * Mean softmax cross-entropy of the logits z of each image with target probabilities t, 1 for its
 * label where nothing else is said:
 *
 * <pre>
 *   loss = (1/n) Σ Σ_j t_j (log Σ_i exp(z_i) − z_j)      d loss / d z_j = (softmax(z)_j − t_j) / n
 * </pre>
 */
final class SoftmaxCrossEntropy extends BatchLoss {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "mean softmax cross-entropy";
  }

  @Override
  double image(double[] scores, double[] target, double[] derivatives) {
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
    double sum = 0;
    for (int j = 0; j < scores.length; j++) {
      derivatives[j] = derivatives[j] / total - target[j];
      // A score of −∞ has no part in the loss of an image that is not of its class.
      if (target[j] != 0) {
        sum += target[j] * (StrictMath.log(total) - (scores[j] - largest));
      }
    }
    return sum;
  }
}
