package org.roundel.core.checkpoint;

/**
 * What was written to a file.
 *
 * @param length in bytes
 * @param sha256 the SHA-256 of all bytes, 64 lower-case hexadecimal digits
 */
public record WrittenFile(long length, String sha256) {}
