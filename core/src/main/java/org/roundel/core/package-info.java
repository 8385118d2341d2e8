/**
 * The engine of Roundel: plugin loading, the training loop, checkpoints, run records, metrics. In
 * this room only what all others stand on: failures, and what the distribution brings along.
 */
@NullMarked
package org.roundel.core;

import org.jspecify.annotations.NullMarked;
