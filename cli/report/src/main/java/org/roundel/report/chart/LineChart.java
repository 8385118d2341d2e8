package org.roundel.report.chart;

import java.util.List;

/**
 * Curves over a common axis.
 *
 * @param title the line above the chart
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param curves drawn in this order, the last on top
 */
public record LineChart(String title, Axis x, Axis y, List<Curve> curves) implements Chart {
  /** Keeps a copy of the list. */
  public LineChart {
    curves = List.copyOf(curves);
  }
}
