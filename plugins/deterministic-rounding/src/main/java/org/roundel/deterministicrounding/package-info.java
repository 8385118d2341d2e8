/** Deterministic rounding of the weights after every update. */
@NullMarked
package org.roundel.deterministicrounding;

import org.jspecify.annotations.NullMarked;
