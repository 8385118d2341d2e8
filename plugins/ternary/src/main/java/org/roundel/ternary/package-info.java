/** Ternary weights with a scale for each layer, computed from full-precision latent ones. */
@NullMarked
package org.roundel.ternary;

import org.jspecify.annotations.NullMarked;
