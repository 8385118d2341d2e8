/**
 * What computes the passes of operations that have weights. Each pass of a convolution has a kernel
 * by itself, which {@link ConvolutionKernels} chooses. More than twenty files, as a rule chooses
 * among all of them and nobody else is to know one.
 */
@NullMarked
package org.roundel.onednn.kernel;

import org.jspecify.annotations.NullMarked;
