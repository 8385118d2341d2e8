package org.roundel.core.event;

/**
 * A checkpoint was written.
 *
 * @param name its name, as {@code roundel evaluate --checkpoint} takes it
 * @param bytes length of its files together
 * @param seconds how long it took
 */
public record CheckpointWritten(String name, long bytes, double seconds) {}
