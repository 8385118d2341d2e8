/**
 * Charts become files here, drawn by JFreeChart and Batik.
 *
 * <p>Nothing outside this package knows which libraries draw.
 */
@NullMarked
package org.roundel.report.chart.drawing;

import org.jspecify.annotations.NullMarked;
