/**
 * PARQ: weights are drawn, gradually and ever more steeply, to a least-squares grid of few values.
 */
@NullMarked
package org.roundel.parq;

import org.jspecify.annotations.NullMarked;
