package org.roundel.core.event;

/**
 * The loss and error of a net over a whole split.
 *
 * @param loss mean loss per image
 * @param error share of images not given their own class, in [0, 1]
 * @param images how many images
 */
public record Evaluation(double loss, double error, long images) {}
