package org.roundel.dl4j.reference;

/**
 * Mean squared hinge loss of the scores z of each image, with t_j = 1 for its label and −1 for
 * every other class (Courbariaux, Bengio, David, "BinaryConnect", 2015, train with it):
 *
 * <pre>
 *   loss = (1/n) Σ Σ_j max(0, 1 − t_j z_j)²      d loss / d z_j = −2 t_j max(0, 1 − t_j z_j) / n
 * </pre>
 */
final class SquaredHinge extends BatchLoss {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "mean squared hinge";
  }

  @Override
  double image(double[] scores, int label, double[] derivatives) {
    double sum = 0;
    for (int j = 0; j < scores.length; j++) {
      double target = j == label ? 1 : -1;
      double margin = Math.max(0, 1 - target * scores[j]);
      derivatives[j] = -2 * target * margin;
      sum += margin * margin;
    }
    return sum;
  }
}
