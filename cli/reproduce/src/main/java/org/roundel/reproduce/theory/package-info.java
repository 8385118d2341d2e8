/**
 * The theory of quantized training on problems small enough to be computed: Markov chains, the
 * one-dimensional non-convex objective, the exact law of stochastic rounding on it, and fast
 * simulations to set beside them.
 *
 * <p>Source: Hao Li, Soham De, Zheng Xu, Christoph Studer, Hanan Samet, Tom Goldstein, <em>Training
 * Quantized Nets: A Deeper Understanding</em>, NeurIPS 2017.
 *
 * <p>A library of its own: it uses the Java platform and {@link org.roundel.api.random}, no native
 * code and nothing else of this program. What is at fault in what a user wrote is told by {@link
 * org.roundel.api.InvalidInputException}.
 */
@NullMarked
package org.roundel.reproduce.theory;

import org.jspecify.annotations.NullMarked;
