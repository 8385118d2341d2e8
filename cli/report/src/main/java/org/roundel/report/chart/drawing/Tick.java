package org.roundel.report.chart.drawing;

/**
 * A mark on an axis.
 *
 * @param place where it is, see {@link AxisScale}
 * @param label what stands beside it; empty for a minor one
 */
record Tick(double place, String label) {}
