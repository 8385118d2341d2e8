/** Weights of a few bits, evenly spaced around 0, computed from full-precision latent ones. */
@NullMarked
package org.roundel.uniform;

import org.jspecify.annotations.NullMarked;
