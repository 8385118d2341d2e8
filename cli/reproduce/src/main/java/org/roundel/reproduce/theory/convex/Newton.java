package org.roundel.reproduce.theory.convex;

/** Newton's method with halved steps, for the minimum of a penalised logistic regression. */
final class Newton {
  /** ‖∇F‖ at the minimum is at most this, relative to 1 + ‖∇F(0)‖. */
  static final double PRECISION = 1e-12;

  private static final int MOST_STEPS = 200;
  private static final int MOST_HALVINGS = 60;

  private Newton() {}

  /**
   * Returns the minimizer: F is at most PRECISION²/(2μ) above its least value there.
   *
   * @throws IllegalStateException if the gradient's norm does not get that small
   */
  static double[] minimize(LogisticRegression objective) {
    int dimension = objective.dimension();
    double[] point = new double[dimension];
    double[] gradient = new double[dimension];
    double[][] hessian = new double[dimension][dimension];
    objective.gradient(point, gradient);
    double target = PRECISION * (1 + norm(gradient));
    for (int step = 0; step < MOST_STEPS && norm(gradient) > target; step++) {
      objective.hessian(point, hessian);
      double[] direction = new Cholesky(hessian).solve(gradient);
      point = next(objective, point, direction, norm(gradient));
      objective.gradient(point, gradient);
    }
    if (!(norm(gradient) <= target)) {
      throw new IllegalStateException(
          "Newton's method ended at a gradient of length " + norm(gradient) + " > " + target);
    }
    return point;
  }

  /**
   * Halves the step until the gradient shrinks: for a convex F the direction is a descent direction
   * of ‖∇F‖ too, and near the minimum that is more precise than F itself.
   */
  private static double[] next(
      LogisticRegression objective, double[] point, double[] direction, double norm) {
    double[] candidate = new double[point.length];
    double[] gradient = new double[point.length];
    double share = 1;
    for (int halving = 0; halving < MOST_HALVINGS; halving++) {
      for (int i = 0; i < point.length; i++) {
        candidate[i] = point[i] - share * direction[i];
      }
      objective.gradient(candidate, gradient);
      if (norm(gradient) < norm) {
        break;
      }
      share /= 2;
    }
    return candidate;
  }

  private static double norm(double[] vector) {
    double sum = 0;
    for (double each : vector) {
      sum += each * each;
    }
    return Math.sqrt(sum);
  }
}
