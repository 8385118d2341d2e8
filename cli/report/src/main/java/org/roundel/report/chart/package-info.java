/**
 * Charts as files: what is drawn is described by records, and drawn by JFreeChart.
 *
 * <p>Nothing outside this package knows which library draws.
 */
@NullMarked
package org.roundel.report.chart;

import org.jspecify.annotations.NullMarked;
