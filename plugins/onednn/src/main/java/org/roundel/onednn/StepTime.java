package org.roundel.onednn;

import org.roundel.onednn.program.Part;

/**
 * The time that one step of a program takes.
 *
 * @param name what it does
 * @param part what it belongs to
 * @param kernel what runs it, as {@link org.roundel.onednn.program.Program.NamedStep} has it
 * @param nanoseconds the median of all runs
 */
public record StepTime(String name, Part part, String kernel, long nanoseconds) {}
