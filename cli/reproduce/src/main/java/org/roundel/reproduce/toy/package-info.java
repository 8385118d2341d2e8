/** The toy problem: stochastic rounding does not settle where the floating-point method does. */
@NullMarked
package org.roundel.reproduce.toy;

import org.jspecify.annotations.NullMarked;
