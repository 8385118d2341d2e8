package org.roundel.report.chart;

import org.jspecify.annotations.Nullable;

/**
 * One value for each category of a chart.
 *
 * @param name the name in the legend
 * @param values one for each category; NaN is none
 * @param low where each value's whisker begins, or null for no whiskers
 * @param high where each value's whisker ends, or null for no whiskers
 * @param markers whether points are drawn instead of bars, such as an exact law over a histogram
 * @param color an index of {@link Palette}
 */
@SuppressWarnings("ArrayRecordComponent")
public record Bars(
    String name,
    double[] values,
    double @Nullable [] low,
    double @Nullable [] high,
    boolean markers,
    int color) {
  /** Checks that everything is equally long. */
  public Bars {
    Palette.check(color);
    if ((low == null) != (high == null)) {
      throw new IllegalArgumentException("Bars \"" + name + "\" have only one end of whiskers");
    }
    if (low != null
        && high != null
        && (low.length != values.length || high.length != values.length)) {
      throw new IllegalArgumentException(
          "Bars \""
              + name
              + "\": "
              + values.length
              + " values, whiskers from "
              + low.length
              + " to "
              + high.length);
    }
  }

  /** Returns bars without whiskers. */
  public static Bars of(String name, double[] values, int color) {
    return new Bars(name, values, null, null, false, color);
  }

  /** Returns points without whiskers. */
  public static Bars markers(String name, double[] values, int color) {
    return new Bars(name, values, null, null, true, color);
  }

  /** Returns these with a whisker at every value. */
  public Bars withWhiskers(double[] low, double[] high) {
    return new Bars(name, values, low, high, markers, color);
  }
}
