/**
 * Measures Roundel against LibTorch: the same nets, weights, data and optimizer in one process.
 *
 * <p>More than twenty files: a race needs its sides, and what they share, side by side.
 */
@NullMarked
package org.roundel.bench;

import org.jspecify.annotations.NullMarked;
