/**
 * What computes the passes of operations that have weights. {@link
 * org.roundel.onednn.kernel.ConvolutionKernels} chooses for each pass of a convolution by itself.
 */
@NullMarked
package org.roundel.onednn.kernel;

import org.jspecify.annotations.NullMarked;
