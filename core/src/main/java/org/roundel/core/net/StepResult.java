package org.roundel.core.net;

import org.jspecify.annotations.Nullable;
import org.roundel.api.model.BatchResult;

/**
 * What one update did.
 *
 * @param batch loss and error on the batch, before the update
 * @param diverged in words, what was not finite; null if all was well. A step that diverged has
 *     changed nothing
 * @param gradientNorm Euclidean norm of the gradients of all parameters together, before any
 *     scaling down
 * @param quantizeNanos time for computing the net's weights
 * @param gradientNanos time for forward and backward pass
 * @param updateNanos time for optimizer and quantizer
 */
public record StepResult(
    BatchResult batch,
    @Nullable String diverged,
    double gradientNorm,
    long quantizeNanos,
    long gradientNanos,
    long updateNanos) {}
