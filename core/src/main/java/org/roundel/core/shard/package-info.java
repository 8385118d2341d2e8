/**
 * Batches computed in parts: one after another in this process, or blocks of them by others, to the
 * same bytes.
 */
@NullMarked
package org.roundel.core.shard;

import org.jspecify.annotations.NullMarked;
