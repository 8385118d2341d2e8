/** Signs of full-precision latent weights, times a scale that is fixed by the layer's shape. */
@NullMarked
package org.roundel.hesign;

import org.jspecify.annotations.NullMarked;
