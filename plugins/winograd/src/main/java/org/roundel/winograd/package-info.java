/**
 * Convolutions of 3×3 with stride 1 and padding 1 by Winograd's minimal filtering F(4×4, 3×3)
 * (Lavin, Gray, "Fast Algorithms for Convolutional Neural Networks", 2016): forward, gradient of
 * the input, gradient of the weights. Plain Java on vectors; no native code.
 *
 * <p>A tile of 4×4 outputs is computed from the 6×6 inputs that it sees with 36 multiplications
 * instead of 144. Input tiles and weights are transformed, {@link org.roundel.winograd.Transforms};
 * then each of the 36 places is a matrix product over the channels, {@link
 * org.roundel.winograd.Multiply}; and the products are transformed to outputs. This is done for a
 * block of tiles at a time, small enough to stay in the processor's cache.
 *
 * <p>Nets whose weights never change have passes of their own: {@link
 * org.roundel.winograd.InferencePass} for convolutions, with bias, sum and rectifier, and {@link
 * org.roundel.winograd.SignedRowsPass} for linear layers of signs.
 *
 * <p>More than twenty files: vectors, tiles and scratch arrays, which all passes share, are nobody
 * else's affair.
 *
 * <p>A toolkit, not a plugin; it knows nothing of nets. Only {@link
 * org.roundel.winograd.VectorSupport} may be used where the JVM was started without the module
 * {@code jdk.incubator.vector}.
 */
@NullMarked
package org.roundel.winograd;

import org.jspecify.annotations.NullMarked;
