/** DoReFa: weights of a few bits in [-1, 1], computed from full-precision latent ones. */
@NullMarked
package org.roundel.dorefa;

import org.jspecify.annotations.NullMarked;
