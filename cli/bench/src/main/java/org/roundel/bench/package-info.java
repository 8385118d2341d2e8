/** Measures Roundel against LibTorch: the same nets, weights, data and optimizer in one process. */
@NullMarked
package org.roundel.bench;

import org.jspecify.annotations.NullMarked;
