package org.roundel.core.training;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.roundel.core.event.EpochCompleted;

/**
 * How a run ended.
 *
 * @param directory where the run lies
 * @param interrupted whether it was asked to stop before its last epoch; a checkpoint was written
 * @param alreadyFinished whether there was nothing left to do
 * @param epochs epochs trained and evaluated
 * @param last the last epoch's record; null if no epoch was finished by this call, unless the run
 *     was finished already
 * @param bestError the lowest test error of all epochs, in [0, 1]; NaN if no epoch was finished
 * @param bestEpoch the epoch of the lowest test error; 0 if no epoch was finished
 */
public record RunResult(
    Path directory,
    boolean interrupted,
    boolean alreadyFinished,
    int epochs,
    @Nullable EpochCompleted last,
    double bestError,
    int bestEpoch) {}
