/**
 * What computes the passes of operations that have weights. Each pass of a convolution has a kernel
 * by itself, which {@link ConvolutionKernels} chooses.
 */
@NullMarked
package org.roundel.onednn.kernel;

import org.jspecify.annotations.NullMarked;
