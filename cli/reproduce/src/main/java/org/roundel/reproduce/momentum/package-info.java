/** Stochastic rounding's floor on a quadratic: what batches and momentum do to it, and why. */
@NullMarked
package org.roundel.reproduce.momentum;

import org.jspecify.annotations.NullMarked;
