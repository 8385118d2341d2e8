/**
 * Checkpoints of a run: tensors in the safetensors format and a state in JSON, written so that a
 * crash leaves either the old or the new state.
 */
@NullMarked
package org.roundel.core.checkpoint;

import org.jspecify.annotations.NullMarked;
