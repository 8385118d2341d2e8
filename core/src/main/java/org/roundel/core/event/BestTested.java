package org.roundel.core.event;

/**
 * The best checkpoint was evaluated on the test images, at the end of a run with validation.
 *
 * @param result as it is recorded
 * @param classes what the net says of the test images
 */
public record BestTested(FinalTest result, ClassResults classes) {}
