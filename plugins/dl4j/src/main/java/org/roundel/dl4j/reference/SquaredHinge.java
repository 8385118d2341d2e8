package org.roundel.dl4j.reference;

/**
 * Mean squared hinge loss of the scores z of each image, with s_j = 1 for its label and −1 for
 * every other class (Courbariaux, Bengio, David, "BinaryConnect", 2015, train with it):
 *
 * <pre>
 *   loss = (1/n) Σ Σ_j max(0, 1 − s_j z_j)²      d loss / d z_j = −2 s_j max(0, 1 − s_j z_j) / n
 * </pre>
 */
final class SquaredHinge extends BatchLoss {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "mean squared hinge";
  }

  @Override
  double image(double[] scores, double[] target, double[] derivatives) {
    double sum = 0;
    for (int j = 0; j < scores.length; j++) {
      double side = target[j] == 1 ? 1 : -1;
      double margin = Math.max(0, 1 - side * scores[j]);
      derivatives[j] = -2 * side * margin;
      sum += margin * margin;
    }
    return sum;
  }
}
