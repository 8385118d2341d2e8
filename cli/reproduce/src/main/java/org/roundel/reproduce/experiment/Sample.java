package org.roundel.reproduce.experiment;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * One figure, measured with several seeds.
 *
 * @param values at least one for the mean, two for the deviation
 */
@SuppressWarnings("ArrayRecordComponent")
public record Sample(double[] values) {
  public int size() {
    return values.length;
  }

  public double mean() {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  public double minimum() {
    return Arrays.stream(values).min().orElse(Double.NaN);
  }

  public double maximum() {
    return Arrays.stream(values).max().orElse(Double.NaN);
  }

  /** Returns the unbiased estimate of the variance; NaN for fewer than two values. */
  public double variance() {
    double mean = mean();
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return values.length < 2 ? Double.NaN : sum / (values.length - 1);
  }

  public double standardDeviation() {
    return Math.sqrt(variance());
  }

  /** Returns the standard error of {@code other.mean() - mean()}. */
  public double differenceError(Sample other) {
    return Math.sqrt(variance() / size() + other.variance() / other.size());
  }

  /**
   * Returns the probability, were both means equal, of a difference {@code other.mean() - mean()}
   * as large as this or larger: B. L. Welch's t test, one-sided, the degrees of freedom after Welch
   * and Satterthwaite (1947). NaN for fewer than two values in either.
   */
  public double chanceOfLess(Sample other) {
    double one = variance() / size();
    double two = other.variance() / other.size();
    double difference = other.mean() - mean();
    if (Double.isNaN(one + two)) {
      return Double.NaN;
    }
    if (one + two == 0) {
      // All runs of each gave the same figure.
      return difference > 0 ? 0 : 1;
    }
    double freedom =
        (one + two) * (one + two) / (one * one / (size() - 1) + two * two / (other.size() - 1));
    return TDistribution.of(freedom).survivalProbability(difference / Math.sqrt(one + two));
  }
}
