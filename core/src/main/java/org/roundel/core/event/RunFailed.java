package org.roundel.core.event;

/**
 * A run has failed, or could not be started.
 *
 * @param cause why; its message is for the user
 */
public record RunFailed(Throwable cause) {}
