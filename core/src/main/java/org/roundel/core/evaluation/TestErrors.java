package org.roundel.core.evaluation;

import org.jspecify.annotations.Nullable;
import org.roundel.core.event.Evaluation;

/**
 * What a net does on the test images.
 *
 * @param shipped with the weights that ship, the quantized ones
 * @param latent with latent weights and statistics estimated for them; null if not measured
 */
public record TestErrors(Evaluation shipped, @Nullable Evaluation latent) {}
