package org.roundel.core.rate;

/**
 * What one update at its learning rate showed.
 *
 * @param update counted from 1
 * @param rate its learning rate
 * @param loss of its batch, before the update; so it tells of the rates of the updates before
 * @param smoothedLoss the mean of this loss and those before, see {@link SmoothedLoss}
 * @param movedShare the share of the quantized weights, in [0, 1], that got another value; where
 *     latent weights are kept, by the update before, since only then are they quantized anew. NaN
 *     where none are quantized
 */
public record RatePoint(
    int update, double rate, double loss, double smoothedLoss, double movedShare) {}
