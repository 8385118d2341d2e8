package org.roundel.report.chart;

import org.jspecify.annotations.Nullable;

/**
 * One curve of a chart.
 *
 * @param name its name in the legend
 * @param x where its points are
 * @param y their values; NaN is a gap
 * @param line how they are connected
 * @param color its color and marker, an index of {@link Palette}; so that one method looks alike in
 *     all charts
 * @param band an area around it, or null
 */
@SuppressWarnings("ArrayRecordComponent")
public record Curve(
    String name, double[] x, double[] y, Line line, int color, @Nullable Band band) {
  /** Checks that everything is equally long. */
  public Curve {
    Palette.check(color);
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "Curve \"" + name + "\" has " + x.length + " x and " + y.length + " y");
    }
    if (band != null && band.low().length != x.length) {
      throw new IllegalArgumentException(
          "Curve \"" + name + "\" has " + x.length + " x and a band of " + band.low().length);
    }
  }

  /** Returns a curve without a band. */
  public static Curve of(String name, double[] x, double[] y, Line line, int color) {
    return new Curve(name, x, y, line, color, null);
  }

  /** Returns this curve with an area around it. */
  public Curve withBand(double[] low, double[] high) {
    return new Curve(name, x, y, line, color, new Band(low, high));
  }
}
