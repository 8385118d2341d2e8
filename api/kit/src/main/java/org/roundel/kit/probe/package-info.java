/**
 * What rules of several kinds look at a component with: tensors that show a write beside them,
 * copies of state arrays, calls from several threads, a loss to descend.
 *
 * <p>A plugin's own tests may use {@link org.roundel.kit.probe.GuardedTensor}; the others are for
 * the kit.
 */
@NullMarked
package org.roundel.kit.probe;

import org.jspecify.annotations.NullMarked;
