/** Optimizers: how weights follow their gradient. */
@NullMarked
package org.roundel.api.optimizer;

import org.jspecify.annotations.NullMarked;
