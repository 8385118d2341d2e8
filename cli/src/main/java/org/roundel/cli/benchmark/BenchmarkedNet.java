package org.roundel.cli.benchmark;

import org.roundel.api.model.InputShape;
import org.roundel.api.model.MultiplyAdds;

/**
 * What is measured.
 *
 * @param parameters how many numbers the net trains
 * @param quantizedParameters how many of them are quantized
 * @param images the shape of one image
 * @param batchSize how many images a step has: the configured number, or all there are
 * @param multiplyAdds the net's arithmetic for one image
 * @param quantizeBytes the least memory traffic of quantizing latent weights: each read once, each
 *     of the net's written once; 0 where no latent weights are kept
 * @param updateBytes the least memory traffic of an update: weights and the optimizer's state read
 *     and written once, gradients read once
 */
public record BenchmarkedNet(
    long parameters,
    long quantizedParameters,
    InputShape images,
    int batchSize,
    MultiplyAdds multiplyAdds,
    long quantizeBytes,
    long updateBytes) {}
