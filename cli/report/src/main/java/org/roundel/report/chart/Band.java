package org.roundel.report.chart;

/**
 * The area between two curves, such as an interval of confidence.
 *
 * @param low its lower edge at each x of its curve; NaN is a gap
 * @param high its upper edge at each x of its curve; NaN is a gap
 */
// Charts are drawn and forgotten: nobody compares them, and the arrays stay the caller's.
@SuppressWarnings("ArrayRecordComponent")
public record Band(double[] low, double[] high) {
  /** Checks that both edges are equally long. */
  public Band {
    if (low.length != high.length) {
      throw new IllegalArgumentException(
          "A band with " + low.length + " lower and " + high.length + " upper values");
    }
  }
}
