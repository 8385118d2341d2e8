/**
 * Quantized descent on convex functions, and the bounds that Li et al., <em>Training Quantized
 * Nets: A Deeper Understanding</em>, NeurIPS 2017, prove for it.
 *
 * <p>Depends on nothing but the JDK and the random numbers of the plugin interface. Everything is a
 * function of its arguments, a seed among them: same arguments, same bytes.
 */
@NullMarked
package org.roundel.reproduce.theory.convex;

import org.jspecify.annotations.NullMarked;
