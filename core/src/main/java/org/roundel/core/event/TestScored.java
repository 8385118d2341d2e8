package org.roundel.core.event;

/**
 * The weights that ship were evaluated on the test images, class by class.
 *
 * @param epoch the epoch that was trained, counted from 1
 * @param classes what the net says of the test images
 */
public record TestScored(int epoch, ClassResults classes) {}
