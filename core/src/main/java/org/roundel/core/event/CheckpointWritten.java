package org.roundel.core.event;

/**
 * A checkpoint was written.
 *
 * @param name its name, as {@code roundel evaluate --checkpoint} takes it
 */
public record CheckpointWritten(String name) {}
