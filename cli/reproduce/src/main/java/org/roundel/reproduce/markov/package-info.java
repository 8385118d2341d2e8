/** The Markov chain of stochastic rounding, and the law it tends to. */
@NullMarked
package org.roundel.reproduce.markov;

import org.jspecify.annotations.NullMarked;
