package org.roundel.reproduce.theory.convex;

import java.util.Arrays;
import org.roundel.api.InvalidInputException;

/**
 * Logistic regression with a quadratic penalty: F(w) = (1/m) Σ log(1 + exp(−y_i x_i·w)) + λ/2·‖w‖²,
 * with the gradient on a batch of examples drawn with replacement.
 *
 * <p>μ = λ. L = λ + λ_max(XᵀX/m)/4, because the loss's second derivative is at most 1/4. L₂ =
 * max‖x_i‖·λ_max(XᵀX/m)/(6√3), because its third is at most 1/(6√3). w* is found by Newton's method
 * when the object is made.
 */
public final class LogisticRegression implements StochasticObjective {
  /** The greatest third derivative of log(1 + e^z), at z = log(2 + √3). */
  private static final double THIRD_DERIVATIVE = 1 / (6 * Math.sqrt(3));

  private final double[][] features;
  private final int[] labels;
  private final double penalty;
  private final int batchSize;
  private final int dimension;
  private final double largestEigenvalue;
  private final double[] minimizer;
  private final double minimum;

  /**
   * Makes the function, and finds its minimum: O(m·d² + d³) a step of Newton's method.
   *
   * @param features x_i, m rows of d finite numbers each; kept, not copied
   * @param labels y_i, −1 or +1 each; kept, not copied
   * @param penalty λ, greater than 0
   * @param batchSize examples per random gradient, at least 1
   * @throws InvalidInputException if there are no examples, rows differ in length, a number is not
   *     finite or a label is neither −1 nor +1
   */
  public LogisticRegression(double[][] features, int[] labels, double penalty, int batchSize) {
    if (!(penalty > 0 && penalty < 1e300) || batchSize < 1) {
      throw new IllegalArgumentException(
          "penalty " + penalty + ", batch size " + batchSize + "; allowed: > 0 and finite, >= 1");
    }
    check(features, labels);
    this.features = features;
    this.labels = labels;
    this.penalty = penalty;
    this.batchSize = batchSize;
    dimension = features[0].length;
    largestEigenvalue = LargestEigenvalue.ofSecondMoments(features);
    minimizer = Newton.minimize(this);
    minimum = value(minimizer);
  }

  private static void check(double[][] features, int[] labels) {
    if (features.length == 0 || features[0].length == 0 || labels.length != features.length) {
      throw new InvalidInputException(
          features.length
              + " examples and "
              + labels.length
              + " labels; logistic regression needs one label for each of at least one example");
    }
    for (int example = 0; example < features.length; example++) {
      if (features[example].length != features[0].length) {
        throw new InvalidInputException(
            "example "
                + example
                + " has "
                + features[example].length
                + " features, example 0 has "
                + features[0].length
                + "; all need as many");
      }
      for (double feature : features[example]) {
        if (!Double.isFinite(feature)) {
          throw new InvalidInputException(
              "example " + example + " has the feature " + feature + "; allowed: finite numbers");
        }
      }
      if (labels[example] != 1 && labels[example] != -1) {
        throw new InvalidInputException(
            "example " + example + " has the label " + labels[example] + "; allowed: -1 and 1");
      }
    }
  }

  /** Returns m, the number of examples. */
  public int examples() {
    return features.length;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public double value(double[] point) {
    double loss = 0;
    for (int example = 0; example < features.length; example++) {
      double margin = labels[example] * dot(features[example], point);
      // The same either way; the exponent is never positive, so nothing overflows.
      loss +=
          margin > 0
              ? StrictMath.log1p(StrictMath.exp(-margin))
              : StrictMath.log1p(StrictMath.exp(margin)) - margin;
    }
    return loss / features.length + penalty / 2 * dot(point, point);
  }

  @Override
  public void gradient(double[] point, double[] result) {
    startWithPenalty(point, result);
    for (int example = 0; example < features.length; example++) {
      addLoss(example, point, features.length, result);
    }
  }

  @Override
  public void stochasticGradient(double[] point, RandomStream random, double[] result) {
    startWithPenalty(point, result);
    for (int draw = 0; draw < batchSize; draw++) {
      addLoss(random.nextBelow(features.length), point, batchSize, result);
    }
  }

  /** Computes the Hessian; only the lower half of the result is set. */
  void hessian(double[] point, double[][] result) {
    for (int row = 0; row < dimension; row++) {
      Arrays.fill(result[row], 0);
    }
    for (double[] example : features) {
      double probability = sigmoid(dot(example, point));
      double weight = probability * (1 - probability) / features.length;
      for (int row = 0; row < dimension; row++) {
        double factor = weight * example[row];
        double[] resultRow = result[row];
        for (int column = 0; column <= row; column++) {
          resultRow[column] += factor * example[column];
        }
      }
    }
    for (int row = 0; row < dimension; row++) {
      result[row][row] += penalty;
    }
  }

  @Override
  public double[] minimizer() {
    return minimizer.clone();
  }

  @Override
  public double excess(double[] point) {
    return value(point) - minimum;
  }

  @Override
  public double strongConvexity() {
    return penalty;
  }

  @Override
  public double smoothness() {
    return penalty + largestEigenvalue / 4;
  }

  @Override
  public double hessianLipschitz() {
    double longest = 0;
    for (double[] example : features) {
      longest = Math.max(longest, dot(example, example));
    }
    return Math.sqrt(longest) * largestEigenvalue * THIRD_DERIVATIVE;
  }

  private void startWithPenalty(double[] point, double[] result) {
    for (int i = 0; i < dimension; i++) {
      result[i] = penalty * point[i];
    }
  }

  private void addLoss(int example, double[] point, int of, double[] result) {
    double[] x = features[example];
    int label = labels[example];
    double factor = -label * sigmoid(-label * dot(x, point)) / of;
    for (int i = 0; i < dimension; i++) {
      result[i] += factor * x[i];
    }
  }

  private static double sigmoid(double z) {
    double small = StrictMath.exp(-Math.abs(z));
    return z >= 0 ? 1 / (1 + small) : small / (1 + small);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
