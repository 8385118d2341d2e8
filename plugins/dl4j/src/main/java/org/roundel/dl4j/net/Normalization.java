package org.roundel.dl4j.net;

/**
 * The running statistics of one batch normalisation.
 *
 * @param mean where the running mean lies
 * @param variance where the running variance lies
 * @param positions how many values of a channel one image has: its pixels, 1 in a row
 * @param decay how much of the running statistics a step keeps
 */
public record Normalization(TensorSpec mean, TensorSpec variance, long positions, double decay) {}
