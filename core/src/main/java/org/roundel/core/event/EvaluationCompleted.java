package org.roundel.core.event;

/**
 * The evaluation has ended, of latent weights too where that is wanted.
 *
 * @param epoch the epoch that was trained, counted from 1
 * @param seconds how long it took
 */
public record EvaluationCompleted(int epoch, double seconds) {}
