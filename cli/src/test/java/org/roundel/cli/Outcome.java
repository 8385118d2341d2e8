package org.roundel.cli;

/**
 * How a command ended.
 *
 * @param exitCode its exit code
 * @param out what it printed
 * @param err what it printed as errors
 */
public record Outcome(int exitCode, String out, String err) {}
