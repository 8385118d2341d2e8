/**
 * The neural net in training: a model's parameters with what a run keeps beside them, one update of
 * them, which weights are in place, and how all of it is named in a checkpoint.
 */
@NullMarked
package org.roundel.core.net;

import org.jspecify.annotations.NullMarked;
