package org.roundel.core.event;

import org.jspecify.annotations.Nullable;
import org.roundel.api.model.ParameterRole;

/**
 * What happened to the weights of one layer.
 *
 * @param parameter the parameter's name
 * @param role convolution or linear weights
 * @param quantized whether this run quantizes them
 * @param weights how many weights the layer has; 0 in the history of a run that did not record it
 * @param changedSinceStart share of weights, in [0, 1], whose sign differs from the start of
 *     training
 * @param changedInFiveEpochs share of weights, in [0, 1], whose sign differs from five epochs ago;
 *     null before the fifth epoch's end
 * @param quantizationError root mean square of quantized minus unquantized weights: of the latent
 *     weights where they are kept, else of what the epoch's last update wanted to write
 * @param latentGap mean|w_b − w_r|; 0 where no latent weights are kept
 * @param moves how many times, since the start of training, a weight of the net went from one
 *     quantized value to another
 * @param distribution how the weights are distributed; null in the history of a run that did not
 *     record it
 */
public record LayerStatistics(
    String parameter,
    ParameterRole role,
    boolean quantized,
    long weights,
    double changedSinceStart,
    @Nullable Double changedInFiveEpochs,
    double quantizationError,
    double latentGap,
    long moves,
    @Nullable WeightDistribution distribution) {}
