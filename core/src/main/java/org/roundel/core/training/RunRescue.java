package org.roundel.core.training;

import java.io.IOException;
import org.roundel.api.MessageText;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.plugin.ComponentKind;
import org.roundel.core.plugin.Selected;
import org.roundel.core.record.RunRecorder;
import org.roundel.core.record.RunState;
import org.roundel.core.shard.ClusterFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what can be kept of a run that fails, and says in the failure's message what that is. */
final class RunRescue {
  /** The loop's: users know this name from their logs. */
  private static final Logger logger = LoggerFactory.getLogger(TrainingLoop.class);

  private final TrainingSession session;
  private final RunRecorder recorder;
  private final CheckpointWriter checkpoints;

  RunRescue(TrainingSession session, RunRecorder recorder, CheckpointWriter checkpoints) {
    this.session = session;
    this.recorder = recorder;
    this.checkpoints = checkpoints;
  }

  /**
   * Keeps a run whose update gave numbers that are not finite; the update has changed nothing.
   *
   * @param state before the update
   * @param what what was not finite, in words
   * @param rate the update's learning rate
   * @return the failure
   */
  RoundelException diverged(RunState state, String what, double rate) throws IOException {
    String kept = "no checkpoint could be written, because the weights are not finite either";
    if (session.net().isFinite()) {
      checkpoints.write(state, false);
      kept = "the state before that update is kept as checkpoint " + CheckpointWriter.name(state);
    }
    return new RoundelException(
        ErrorKind.DIVERGED,
        "training diverged in epoch "
            + state.epoch()
            + " at update "
            + state.nextStep()
            + " of the run: "
            + what
            + " (learning rate "
            + rate
            + "); "
            + kept
            + " in "
            + recorder.directory()
            + ". Use a lower learning-rate, or warmup-epochs");
  }

  /**
   * Keeps a run in which a component threw.
   *
   * @param state after the last update that was made as a whole
   * @return the failure, with the checkpoint to go on from
   */
  RoundelException failed(RunState state, ComponentKind kind, Throwable thrown) {
    String where =
        "failed in epoch " + state.epoch() + " at update " + state.nextStep() + " of the run";
    Selected<?> component = session.components().selected(kind);
    RoundelException failure = component.failure(where, thrown);
    if (failure.kind() == ErrorKind.PLUGIN) {
      logger.error(
          "{} '{}' of plugin {} {}",
          kind,
          component.name(),
          component.plugin().location(),
          where,
          thrown);
    }
    String checkpoint = CheckpointWriter.name(state);
    if (session.net().calls().isUpdating() || !isWritten(state, failure)) {
      try (Checkpoint newest = recorder.checkpoints().newestValid().checkpoint()) {
        checkpoint = newest.name();
      }
    }
    return new RoundelException(failure.kind(), failure.getMessage() + kept(checkpoint), thrown);
  }

  /**
   * Keeps a run whose batch others could not compute; the update has changed nothing.
   *
   * @param state before the update
   * @return the failure, with the checkpoint to go on from
   */
  RoundelException lost(RunState state, ClusterFailure lost) throws IOException {
    checkpoints.write(state, false);
    return new RoundelException(
        lost.kind(), lost.getMessage() + kept(CheckpointWriter.name(state)), lost);
  }

  private String kept(String checkpoint) {
    return "\nThe run is kept as checkpoint "
        + checkpoint
        + ". Once this is mended, go on from it:\n  roundel resume "
        + MessageText.shellWord(recorder.directory());
  }

  /** Writes a checkpoint; returns false if the component fails in that, too. */
  private boolean isWritten(RunState state, RoundelException failure) {
    try {
      checkpoints.write(state, false);
      return true;
    } catch (IOException | RuntimeException | Error again) {
      failure.addSuppressed(again);
      return false;
    }
  }
}
