package org.roundel.core.event;

/**
 * What the best checkpoint of a run with validation does on the test images: they are evaluated
 * once, when the run has ended.
 *
 * @param epochs how many epochs the run had then
 * @param epoch the best checkpoint's, that of the lowest validation error
 * @param checkpoint its name
 * @param test loss and error on the test images with the weights that ship
 */
public record FinalTest(int epochs, int epoch, String checkpoint, Evaluation test) {}
