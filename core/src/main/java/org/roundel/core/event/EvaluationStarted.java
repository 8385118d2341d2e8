package org.roundel.core.event;

/**
 * The evaluation on the test images begins.
 *
 * @param epoch the epoch that was trained, counted from 1
 */
public record EvaluationStarted(int epoch) {}
