/** Learned Step Size Quantization: a layer's step size is trained with its weights. */
@NullMarked
package org.roundel.lsq;

import org.jspecify.annotations.NullMarked;
