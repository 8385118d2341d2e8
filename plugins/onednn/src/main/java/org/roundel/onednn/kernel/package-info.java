/**
 * What computes the passes of operations that have weights. Each pass of a convolution has a kernel
 * by itself, which {@link ConvolutionKernels} chooses.
 *
 * <p>More than twenty files: three passes by each of three methods, and what these share, side by
 * side.
 */
@NullMarked
package org.roundel.onednn.kernel;

import org.jspecify.annotations.NullMarked;
