/** The engine of Roundel: plugin loading, the training loop, checkpoints, run records, metrics. */
@NullMarked
package org.roundel.core;

import org.jspecify.annotations.NullMarked;
