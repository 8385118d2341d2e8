/** Stochastic rounding of the weights after every update. */
@NullMarked
package org.roundel.stochasticrounding;

import org.jspecify.annotations.NullMarked;
