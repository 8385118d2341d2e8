package org.roundel.core.event;

/**
 * The weights that ship were evaluated on the test images, or on those that are held out for
 * validation, class by class.
 *
 * @param epoch the epoch that was trained, counted from 1
 * @param validated whether on images that are held out
 * @param classes what the net says of the images
 */
public record TestScored(int epoch, boolean validated, ClassResults classes) {}
