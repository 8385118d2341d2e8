package org.roundel.core.event;

/**
 * A checkpoint begins to be written.
 *
 * @param name its name
 */
public record CheckpointStarted(String name) {}
