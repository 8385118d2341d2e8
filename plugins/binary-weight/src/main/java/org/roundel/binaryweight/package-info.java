/** Binary weights with a scale for each filter, computed from full-precision latent ones. */
@NullMarked
package org.roundel.binaryweight;

import org.jspecify.annotations.NullMarked;
