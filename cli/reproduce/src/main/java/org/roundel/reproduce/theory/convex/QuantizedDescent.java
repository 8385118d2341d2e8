package org.roundel.reproduce.theory.convex;

import java.util.concurrent.CancellationException;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

/**
 * Stochastic gradient descent whose weights are quantized, for t = 1, …, T:
 *
 * <ul>
 *   <li>SR: w_b ← Q_s(w_b − α_t ∇f̃(w_b))
 *   <li>BC: w_r ← w_r − α_t ∇f̃(Q(w_r))
 * </ul>
 *
 * <p>As in section 3 of Li et al. 2017, weights are not clipped and the grid is all multiples of Δ.
 *
 * <p>Runs of one seed share their gradient noise, whatever the method and Δ, so that they can be
 * compared in pairs.
 */
public final class QuantizedDescent {
  /** Every so many steps it is seen whether the thread was interrupted; a power of two less 1. */
  private static final long INTERRUPTION_MASK = 1023;

  private final StochasticObjective objective;
  private final DescentMethod method;
  private final double delta;
  private final StepSize stepSize;
  private final RandomStream noise;
  private final RandomStream rounding;
  private final int dimension;
  private final double[] minimizer;
  private final double[] weights;
  private final double[] gradientPoint;
  private final double[] gradient;
  private final double[] sum;
  private final double[] scratch;

  private double gradientNorm;
  private double gradientSum;
  private double roundingSquare;

  private QuantizedDescent(
      StochasticObjective objective,
      DescentMethod method,
      double delta,
      StepSize stepSize,
      double[] start,
      long seed) {
    this.objective = objective;
    this.method = method;
    this.delta = delta;
    this.stepSize = stepSize;
    noise = new RandomStream(RandomSource.of(seed, RandomPurpose.MODEL, 0));
    rounding = new RandomStream(RandomSource.of(seed, RandomPurpose.QUANTIZE, 0));
    dimension = objective.dimension();
    minimizer = objective.minimizer();
    weights = start.clone();
    gradientPoint = method.keepsBuffer() ? new double[dimension] : weights;
    gradient = new double[dimension];
    sum = new double[dimension];
    scratch = new double[dimension];
  }

  /**
   * Runs descent.
   *
   * @param delta Δ, greater than 0; not used in full precision
   * @param start w^1; for SR on the grid, as 0 is
   * @param record steps to record, ascending, from 1 on; the last one ends the run
   * @param seed any number
   * @throws CancellationException if the thread was interrupted meanwhile
   */
  public static Trajectory run(
      StochasticObjective objective,
      DescentMethod method,
      double delta,
      StepSize stepSize,
      double[] start,
      long[] record,
      long seed) {
    if (!(delta > 0 && delta < 1e300) || start.length != objective.dimension()) {
      throw new IllegalArgumentException(
          "delta "
              + delta
              + ", a start of "
              + start.length
              + " weights; allowed: delta > 0, "
              + objective.dimension()
              + " weights");
    }
    if (record.length == 0 || record[0] < 1) {
      throw new IllegalArgumentException("no recorded step; allowed: one or more, from 1 on");
    }
    return new QuantizedDescent(objective, method, delta, stepSize, start, seed).run(record);
  }

  private Trajectory run(long[] record) {
    long steps = record[record.length - 1];
    double[] averageError = new double[record.length];
    double[] iterateError = new double[record.length];
    double[] quantizedError = new double[record.length];
    double[] averageRoundedError = new double[record.length];
    double[] gradientSquare = new double[record.length];
    double squareOfBlock = 0;
    long blockStart = 0;
    double sumOfNorms = 0;
    double tail = 0;
    long tailSteps = 0;
    double farthest = 0;
    double roundingSum = 0;
    double roundingBound = 0;
    int next = 0;
    for (long step = 1; step <= steps; step++) {
      if ((step & INTERRUPTION_MASK) == 0 && Thread.currentThread().isInterrupted()) {
        throw new CancellationException("interrupted at step " + step);
      }
      farthest = Math.max(farthest, addToSum());
      quantizeForGradient();
      objective.stochasticGradient(gradientPoint, noise, gradient);
      boolean recorded = step == record[next];
      if (recorded) {
        average(step, scratch);
        averageError[next] = objective.excess(scratch);
        iterateError[next] = objective.excess(weights);
        quantizedError[next] =
            method.keepsBuffer() ? objective.excess(gradientPoint) : iterateError[next];
        round(scratch);
        averageRoundedError[next] = objective.excess(scratch);
      }
      double alpha = stepSize.at(step);
      update(alpha);
      squareOfBlock += gradientNorm * gradientNorm;
      sumOfNorms += gradientNorm;
      roundingSum += roundingSquare;
      roundingBound += Math.sqrt(dimension) * delta * alpha * gradientNorm;
      if (step > steps / 2) {
        tail += gradientSum;
        tailSteps++;
      }
      if (recorded) {
        gradientSquare[next] = squareOfBlock / (step - blockStart);
        blockStart = step;
        squareOfBlock = 0;
        next++;
      }
    }
    return new Trajectory(
        record.clone(),
        averageError,
        iterateError,
        quantizedError,
        averageRoundedError,
        gradientSquare,
        sumOfNorms / steps,
        tail / tailSteps,
        farthest,
        method == DescentMethod.STOCHASTIC_ROUNDING ? roundingSum / roundingBound : 0,
        weights.clone());
  }

  /** Adds the weights to the sum for their mean, and returns how far they are from the minimum. */
  private double addToSum() {
    double square = 0;
    for (int i = 0; i < dimension; i++) {
      sum[i] += weights[i];
      double difference = weights[i] - minimizer[i];
      square += difference * difference;
    }
    return Math.sqrt(square);
  }

  private void quantizeForGradient() {
    if (method == DescentMethod.BINARY_CONNECT_STOCHASTIC) {
      for (int i = 0; i < dimension; i++) {
        gradientPoint[i] = Rounding.stochastic(weights[i], delta, rounding.nextUniform());
      }
    } else if (method == DescentMethod.BINARY_CONNECT_NEAREST) {
      for (int i = 0; i < dimension; i++) {
        gradientPoint[i] = Rounding.nearest(weights[i], delta);
      }
    }
  }

  private void update(double alpha) {
    double square = 0;
    double absolute = 0;
    double moved = 0;
    boolean rounds = method == DescentMethod.STOCHASTIC_ROUNDING;
    for (int i = 0; i < dimension; i++) {
      square += gradient[i] * gradient[i];
      absolute += Math.abs(gradient[i]);
      double tentative = weights[i] - alpha * gradient[i];
      if (rounds) {
        double rounded = Rounding.stochastic(tentative, delta, rounding.nextUniform());
        moved += (rounded - tentative) * (rounded - tentative);
        tentative = rounded;
      }
      weights[i] = tentative;
    }
    gradientNorm = Math.sqrt(square);
    gradientSum = absolute;
    roundingSquare = moved;
  }

  private void average(long step, double[] result) {
    for (int i = 0; i < dimension; i++) {
      result[i] = sum[i] / step;
    }
  }

  private void round(double[] point) {
    if (method != DescentMethod.FULL_PRECISION) {
      for (int i = 0; i < dimension; i++) {
        point[i] = Rounding.nearest(point[i], delta);
      }
    }
  }
}
