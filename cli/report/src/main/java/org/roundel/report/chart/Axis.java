package org.roundel.report.chart;

import org.jspecify.annotations.Nullable;

/**
 * One axis of a chart.
 *
 * @param title what it measures, with its unit: {@code "Test error (%)"}
 * @param logarithmic whether equal distances are equal ratios; values of zero or below are then not
 *     drawn
 * @param minimum where it begins; null lets the data decide
 * @param maximum where it ends; null lets the data decide
 */
public record Axis(
    String title, boolean logarithmic, @Nullable Double minimum, @Nullable Double maximum) {
  /** Checks that the ends are finite, in order, and above zero on a logarithmic axis. */
  public Axis {
    check(title, logarithmic, minimum);
    check(title, logarithmic, maximum);
    if (minimum != null && maximum != null && minimum >= maximum) {
      throw new IllegalArgumentException(
          "Axis \"" + title + "\" from " + minimum + " to " + maximum + "; it must rise");
    }
  }

  private static void check(String title, boolean logarithmic, @Nullable Double end) {
    if (end != null && (!Double.isFinite(end) || (logarithmic && end <= 0))) {
      throw new IllegalArgumentException(
          "Axis \""
              + title
              + "\" has its end at "
              + end
              + "; it must be finite"
              + (logarithmic ? " and above 0" : ""));
    }
  }

  /** Returns an axis on which equal distances are equal differences. */
  public static Axis linear(String title) {
    return new Axis(title, false, null, null);
  }

  /** Returns an axis on which equal distances are equal ratios. */
  public static Axis logarithmic(String title) {
    return new Axis(title, true, null, null);
  }

  /** Returns this axis beginning at a value. */
  public Axis from(double minimum) {
    return new Axis(title, logarithmic, minimum, maximum);
  }

  /** Returns this axis ending at a value. */
  public Axis to(double maximum) {
    return new Axis(title, logarithmic, minimum, maximum);
  }
}
