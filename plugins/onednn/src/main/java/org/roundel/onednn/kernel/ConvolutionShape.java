package org.roundel.onednn.kernel;

import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Window;

/**
 * What the choice of a convolution's kernels depends on.
 *
 * @param in the shape of what it reads
 * @param out the shape of what it makes
 * @param window kernel, stride, padding and dilation
 * @param images whether it reads the net's images, which have no gradient
 * @param biased whether it adds a bias
 */
public record ConvolutionShape(
    Shape in, Shape out, Window window, boolean images, boolean biased) {}
