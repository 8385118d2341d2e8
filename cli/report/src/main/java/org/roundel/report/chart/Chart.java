package org.roundel.report.chart;

/** What a chart shows, without how it looks. */
public sealed interface Chart permits LineChart, BarChart, MatrixChart {
  /** Returns the line above the chart. */
  String title();
}
