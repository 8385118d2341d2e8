package org.roundel.core.event;

/**
 * The evaluation on the test images, or on those held out for validation, begins.
 *
 * @param epoch the epoch that was trained, counted from 1
 */
public record EvaluationStarted(int epoch) {}
