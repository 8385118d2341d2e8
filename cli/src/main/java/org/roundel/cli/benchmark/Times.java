package org.roundel.cli.benchmark;

import java.util.Arrays;

/**
 * What one part of repeated work took, in seconds.
 *
 * @param median half of the times were at most this; of an even number, the mean of the middle two
 * @param best the shortest
 * @param longest the longest
 * @param sum all together
 */
public record Times(double median, double best, double longest, double sum) {
  private static final double NANOS = 1e9;

  /** Summarises at least one time, given in nanoseconds. */
  static Times ofNanos(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1
            ? (double) sorted[middle]
            : ((double) sorted[middle - 1] + sorted[middle]) / 2;
    long sum = 0;
    for (long time : sorted) {
      sum += time;
    }
    return new Times(
        median / NANOS, sorted[0] / NANOS, sorted[sorted.length - 1] / NANOS, sum / NANOS);
  }
}
