/** What charts show, without how they look: axes, curves, bars. */
@NullMarked
package org.roundel.report.chart;

import org.jspecify.annotations.NullMarked;
