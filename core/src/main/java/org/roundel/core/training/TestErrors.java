package org.roundel.core.training;

import org.jspecify.annotations.Nullable;

/**
 * What a net does on the test images.
 *
 * @param shipped with the weights that ship, the quantized ones
 * @param latent with latent weights and statistics estimated for them; null if not measured
 */
record TestErrors(Evaluation shipped, @Nullable Evaluation latent) {}
