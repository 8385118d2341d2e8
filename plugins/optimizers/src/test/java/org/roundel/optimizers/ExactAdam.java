package org.roundel.optimizers;

/**
 * Algorithm 1 of Kingma and Ba, or algorithm 2 of Loshchilov and Hutter as PyTorch documents it, in
 * double precision throughout.
 */
final class ExactAdam implements Trajectory.Exact {
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final double weightDecay;
  private final boolean decoupled;
  private double weight;
  private double weightError;
  private double first;
  private double firstError;
  private double second;
  private double secondError;

  ExactAdam(
      double start,
      double beta1,
      double beta2,
      double epsilon,
      double weightDecay,
      boolean decoupled) {
    this.weight = start;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.weightDecay = weightDecay;
    this.decoupled = decoupled;
  }

  @Override
  public void update(double gradient, double learningRate, int step) {
    double penalised = gradient;
    double penalisedError = 0;
    if (decoupled) {
      weight -= learningRate * weightDecay * weight;
      weightError -= learningRate * weightDecay * weightError;
    } else {
      penalised += weightDecay * weight;
      penalisedError = weightDecay * weightError;
    }
    first = beta1 * first + (1 - beta1) * penalised;
    firstError = beta1 * firstError + (1 - beta1) * penalisedError;
    second = beta2 * second + (1 - beta2) * penalised * penalised;
    secondError = beta2 * secondError + (1 - beta2) * 2 * Math.abs(penalised) * penalisedError;

    double correctedFirst = first / (1 - Math.pow(beta1, step));
    double correctedSecond = second / (1 - Math.pow(beta2, step));
    double root = Math.sqrt(correctedSecond);
    double denominator = root + epsilon;
    weight -= learningRate * correctedFirst / denominator;

    double correctedFirstError = firstError / (1 - Math.pow(beta1, step));
    double rootError = secondError / (1 - Math.pow(beta2, step)) / (2 * root);
    weightError +=
        learningRate
            * (correctedFirstError / denominator
                + Math.abs(correctedFirst) * rootError / (denominator * denominator));
    // The update computes with unrounded moments and stores them rounded.
    firstError += Trajectory.ROUNDING * Math.abs(first);
    secondError += Trajectory.ROUNDING * second;
    weightError += Trajectory.ROUNDING * Math.abs(weight);
  }

  @Override
  public double weight() {
    return weight;
  }

  @Override
  public double errorBound() {
    return weightError;
  }
}
