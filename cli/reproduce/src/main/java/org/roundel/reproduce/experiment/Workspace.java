package org.roundel.reproduce.experiment;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.roundel.report.terminal.WorkProgress;

/**
 * What an experiment works with.
 *
 * @param directory exists and belongs to the experiment
 * @param progress shows how far it is
 * @param stop polled often; true asks the experiment to keep what it has and return
 * @param out where the result is printed, lines of 80 columns at most
 */
public record Workspace(
    Path directory, WorkProgress progress, BooleanSupplier stop, PrintStream out) {}
