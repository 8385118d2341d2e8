package org.roundel.core.evaluation;

/**
 * An image that was given another class than its own.
 *
 * @param index its index among the test images
 * @param actual its own class
 * @param predicted the class that it was taken for
 * @param score that class's score
 * @param probability that class's probability, the softmax of the scores; NaN where scores are no
 *     logarithms of probabilities
 * @param image what the net saw, in the order channel, row, column; not to be written
 */
// Images are shown and forgotten: nobody compares them.
@SuppressWarnings("ArrayRecordComponent")
public record Mistake(
    int index, int actual, int predicted, float score, double probability, float[] image) {}
