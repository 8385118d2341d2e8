package org.roundel.report.chart;

/** How a curve's points are connected. */
public enum Line {
  /** By an unbroken line. */
  SOLID,
  /** By a dashed line. */
  DASHED,
  /** By a dotted line. */
  DOTTED,
  /** Not at all. */
  POINTS
}
