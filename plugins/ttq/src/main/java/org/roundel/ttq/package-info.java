/** Trained ternary quantization: two scales of each layer are trained with its weights. */
@NullMarked
package org.roundel.ttq;

import org.jspecify.annotations.NullMarked;
