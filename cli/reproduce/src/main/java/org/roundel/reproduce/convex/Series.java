package org.roundel.reproduce.convex;

import java.util.Map;

/**
 * An error over the recorded steps, over all seeds.
 *
 * @param mean over the seeds
 * @param standardError of the mean
 * @param low the smallest over the seeds
 * @param high the largest over the seeds
 */
@SuppressWarnings("ArrayRecordComponent")
record Series(double[] mean, double[] standardError, double[] low, double[] high) {
  /** Summarises seeds' errors: {@code errors[seed][step]}, two seeds or more. */
  static Series of(double[][] errors) {
    int seeds = errors.length;
    int steps = errors[0].length;
    Series series =
        new Series(new double[steps], new double[steps], new double[steps], new double[steps]);
    for (int step = 0; step < steps; step++) {
      double sum = 0;
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (double[] each : errors) {
        sum += each[step];
        low = Math.min(low, each[step]);
        high = Math.max(high, each[step]);
      }
      double mean = sum / seeds;
      double squares = 0;
      for (double[] each : errors) {
        squares += (each[step] - mean) * (each[step] - mean);
      }
      series.mean[step] = mean;
      series.standardError[step] = Math.sqrt(squares / (seeds - 1) / seeds);
      series.low[step] = low;
      series.high[step] = high;
    }
    return series;
  }

  /** Returns the mean at the last step. */
  double last() {
    return mean[mean.length - 1];
  }

  /** Returns the standard error at the last step. */
  double lastError() {
    return standardError[mean.length - 1];
  }

  void addTo(Map<String, double[]> numbers, String name) {
    numbers.put(name + ".mean", mean);
    numbers.put(name + ".standard-error", standardError);
    numbers.put(name + ".low", low);
    numbers.put(name + ".high", high);
  }

  static Series from(Map<String, double[]> numbers, String name) {
    return new Series(
        Result.get(numbers, name + ".mean"),
        Result.get(numbers, name + ".standard-error"),
        Result.get(numbers, name + ".low"),
        Result.get(numbers, name + ".high"));
  }
}
