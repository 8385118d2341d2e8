/**
 * The training loop: batches in, updates of quantized weights, evaluation each epoch, and immutable
 * records of what happened out to listeners. Nothing in here knows a plugin.
 */
@NullMarked
package org.roundel.core.training;

import org.jspecify.annotations.NullMarked;
