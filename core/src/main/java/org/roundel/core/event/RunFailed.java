package org.roundel.core.event;

/**
 * A run has failed, or could not be started.
 *
 * @param cause why; its message is for the user
 * @param diverged whether a loss or gradient was not finite
 */
public record RunFailed(Throwable cause, boolean diverged) {}
